import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createCatalogue, type Catalogue } from "./catalogue.ts";
import { CATEGORY_IDS, type Product } from "./product.ts";
import { type ListQuery, listQuerySchema, type Sort } from "./query.ts";

/** A product of which a test says only what matters to it. */
function product(id: string, rest: Partial<Product> = {}): Product {
  return {
    id,
    name: id,
    category: "rope",
    description: "Plain.",
    price: { amount: 1000, currency: "EUR" },
    stock: 1,
    weightGrams: 100,
    addedOn: "2026-01-01",
    ...rest,
  };
}

const priced = (id: string, amount: number, rest: Partial<Product> = {}) =>
  product(id, { price: { amount, currency: "EUR" }, ...rest });
const query = (rest: Partial<ListQuery> = {}): ListQuery => ({ limit: 100, ...rest });
const ids = (catalogue: Catalogue, rest: Partial<ListQuery>) => catalogue.list(query(rest)).items.map(({ id }) => id);

/** Follows the cursors to the end. */
function allPages(catalogue: Catalogue, rest: Partial<ListQuery>): string[] {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = catalogue.list(query({ ...rest, cursor }));
    found.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

describe("filters", () => {
  const catalogue = createCatalogue([
    priced("cheap-line", 500),
    priced("line", 1500, { stock: 0 }),
    priced("anchor", 1500, { category: "anchoring" }),
    priced("big-anchor", 9900, { category: "anchoring", stock: 0 }),
  ]);

  test("keep one category", () => expect(ids(catalogue, { category: "anchoring" })).toEqual(["anchor", "big-anchor"]));
  test("keep prices within the range, both ends included", () =>
    expect(ids(catalogue, { minPrice: 500, maxPrice: 1500 })).toEqual(["anchor", "cheap-line", "line"]));
  test("keep what is in stock, or what is sold out", () => {
    expect(ids(catalogue, { inStock: true })).toEqual(["anchor", "cheap-line"]);
    expect(ids(catalogue, { inStock: false })).toEqual(["big-anchor", "line"]);
  });
  test("hold all at once", () =>
    expect(ids(catalogue, { category: "anchoring", maxPrice: 2000, inStock: true })).toEqual(["anchor"]));
});

describe("search", () => {
  const catalogue = createCatalogue([
    product("shackle", { name: "Bow shackle", category: "rigging", description: "Holds chain to anchor." }),
    product("plough", { name: "Plough anchor", category: "anchoring", description: "Digs in." }),
    product("line", { name: "Mooring line", category: "mooring", description: "Soft." }),
  ]);

  test("finds words in name, category and description, the name counting most", () =>
    expect(ids(catalogue, { q: "anchor" })).toEqual(["plough", "shackle"]));
  test("wants every word", () => expect(ids(catalogue, { q: "anchor chain" })).toEqual(["shackle"]));
  test("takes beginnings of words and one typing error", () => {
    expect(ids(catalogue, { q: "moor" })).toEqual(["line"]);
    expect(ids(catalogue, { q: "shakle" })).toEqual(["shackle"]);
  });
  test("finds nothing where nothing matches", () =>
    expect(catalogue.list(query({ q: "sextant" }))).toEqual({ items: [], total: 0, nextCursor: null }));
});

describe("pages", () => {
  const products = fc.uniqueArray(
    fc.record({
      id: fc.stringMatching(/^[a-z0-9]{1,6}$/),
      name: fc.constantFrom("Anchor", "Block", "Chain"),
      category: fc.constantFrom(...CATEGORY_IDS),
      amount: fc.constantFrom(100, 200, 300),
    }),
    { selector: ({ id }) => id, maxLength: 40 },
  );
  const make = (list: { id: string; name: string; category: Product["category"]; amount: number }[]) =>
    list.map(({ amount, ...rest }) => product(rest.id, { ...rest, price: { amount, currency: "EUR" } }));
  const sort = fc.constantFrom<Sort>("name", "-name", "price", "-price", "added", "-added");
  const limit = fc.integer({ min: 1, max: 7 });

  test("put together are the whole list, each product once, however many share a sort key", () => {
    fc.assert(
      fc.property(products, sort, limit, (list, order, size) => {
        const catalogue = createCatalogue(make(list));
        expect(allPages(catalogue, { sort: order, limit: size })).toEqual(ids(catalogue, { sort: order }));
        expect(new Set(ids(catalogue, { sort: order }))).toEqual(new Set(list.map(({ id }) => id)));
      }),
    );
  });

  test("stay in place when a product shown before is gone and another appears in front", () => {
    fc.assert(
      fc.property(products, sort, limit, (list, order, size) => {
        const before = createCatalogue(make(list));
        const first = before.list(query({ sort: order, limit: size }));
        fc.pre(first.nextCursor !== null);
        const shown = first.items.map(({ id }) => id);
        const after = createCatalogue(make(list.filter(({ id }) => id !== shown.at(-1))));
        const rest = ids(before, { sort: order }).slice(size);
        expect(ids(after, { sort: order, cursor: first.nextCursor! })).toEqual(rest);
      }),
    );
  });

  test("of search results are the whole result too", () => {
    const catalogue = createCatalogue(
      Array.from({ length: 9 }, (_, at) => product(`rope-${at}`, { name: at % 2 ? "Rope" : "Long rope" })),
    );
    expect(allPages(catalogue, { q: "rope", limit: 2 })).toEqual(ids(catalogue, { q: "rope" }));
  });

  test("are in the order asked for", () => {
    const catalogue = createCatalogue([
      priced("b", 100, { addedOn: "2026-02-01" }),
      priced("a", 300, { addedOn: "2026-03-01" }),
      priced("c", 200, { addedOn: "2026-01-01" }),
    ]);
    expect(ids(catalogue, {})).toEqual(["a", "b", "c"]);
    expect(ids(catalogue, { sort: "-name" })).toEqual(["c", "b", "a"]);
    expect(ids(catalogue, { sort: "price" })).toEqual(["b", "c", "a"]);
    expect(ids(catalogue, { sort: "-price" })).toEqual(["a", "c", "b"]);
    expect(ids(catalogue, { sort: "added" })).toEqual(["c", "b", "a"]);
    expect(ids(catalogue, { sort: "-added" })).toEqual(["a", "b", "c"]);
  });

  test("tell the total of all pages", () => {
    const catalogue = createCatalogue([product("a"), product("b"), product("c")]);
    expect(catalogue.list(query({ limit: 1 }))).toMatchObject({ total: 3, items: [{ id: "a" }] });
  });
});

describe("a query", () => {
  const problems = (input: object) =>
    listQuerySchema.safeParse(input).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);

  test("gets 20 products when it names no limit", () => expect(listQuerySchema.parse({}).limit).toBe(20));
  test("reads numbers and truth from text", () =>
    expect(listQuerySchema.parse({ minPrice: "500", inStock: "false", limit: "3" })).toMatchObject({
      minPrice: 500,
      inStock: false,
      limit: 3,
    }));
  test("can't sort by relevance without words to be relevant to", () =>
    expect(problems({ sort: "relevance" })).toEqual(["sort: relevance needs q; choose another order."]));
  test("can't want prices from high to low", () =>
    expect(problems({ minPrice: "5", maxPrice: "4" })).toEqual(["minPrice: is over maxPrice."]));
  test.each([
    { limit: "0" },
    { limit: "101" },
    { limit: "many" },
    { q: "x".repeat(101) },
    { category: "hats" },
    { inStock: "yes" },
    { qq: "rope" },
  ])("can't be %j", (input) => expect(problems(input)).toHaveLength(1));
});
