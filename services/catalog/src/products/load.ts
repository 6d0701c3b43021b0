import { readFileSync } from "node:fs";
import { z } from "zod";
import { type Product, productSchema } from "./product.ts";

/**
 * Reads the products from a file of one JSON object a line.
 *
 * @throws with the first line that is no product: a catalogue with holes must not start
 */
export function loadProducts(file: URL): Product[] {
  const lines = readFileSync(file, "utf8").split("\n");
  const products = lines.flatMap((line, index) => (line.trim() === "" ? [] : [parseLine(line, `${file.pathname}:${index + 1}`)]));
  const seen = new Set<string>();
  for (const { id } of products) {
    if (seen.has(id)) throw new Error(`${file.pathname}: two products have the id "${id}". Ids are unique; rename one.`);
    seen.add(id);
  }
  return products;
}

function parseLine(line: string, where: string): Product {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new Error(`${where}: no JSON: ${(error as Error).message}`, { cause: error });
  }
  const parsed = productSchema.safeParse(value);
  if (!parsed.success) throw new Error(`${where}: no product:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
