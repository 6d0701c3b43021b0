import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { loadProducts } from "./load.ts";
import { CATEGORY_IDS } from "./product.ts";

const folder = mkdtempSync(join(tmpdir(), "catalog-load-"));
afterAll(() => rmSync(folder, { recursive: true }));

const LINE =
  '{"id":"oar","name":"Oar","category":"rigging","description":"Ash.","price":{"amount":1,"currency":"EUR"},"stock":0,"weightGrams":1,"addedOn":"2026-01-01"}';

function load(text: string) {
  const file = join(folder, "products.jsonl");
  writeFileSync(file, text);
  return loadProducts(pathToFileURL(file));
}

describe("the product file", () => {
  test("holds about 300 products, some in every category and some sold out", () => {
    const products = loadProducts(new URL("../assets/products.jsonl", import.meta.url));
    expect(products.length).toBeGreaterThanOrEqual(290);
    expect(new Set(products.map(({ category }) => category))).toEqual(new Set(CATEGORY_IDS));
    expect(products.some(({ stock }) => stock === 0)).toBe(true);
  });

  test("may end with an empty line", () => expect(load(`${LINE}\n\n`)).toHaveLength(1));
  test("with a line that is no JSON is refused, naming the line", () =>
    expect(() => load(`${LINE}\n{"id":`)).toThrow(/products\.jsonl:2: no JSON/));
  test("with a line that is no product is refused, naming line and field", () =>
    expect(() => load(LINE.replace('"stock":0', '"stock":-1'))).toThrow(/products\.jsonl:1: no product:[^]*stock/));
  test("with an id twice is refused, naming it", () =>
    expect(() => load(`${LINE}\n${LINE}`)).toThrow(/two products have the id "oar"/));
});
