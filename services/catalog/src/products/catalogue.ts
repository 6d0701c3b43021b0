import { decodeCursor, encodeCursor, type Position } from "./cursor.ts";
import { CATEGORIES, CATEGORY_IDS, type CategoryId, type Product } from "./product.ts";
import type { ListQuery, Sort } from "./query.ts";
import { indexProducts } from "./search.ts";

export interface Page {
  items: Product[];
  /** Products on all pages together. */
  total: number;
  nextCursor: string | null;
}

export interface Category {
  id: CategoryId;
  name: string;
  /** How many are in it. */
  products: number;
}

/** The products, held in memory: nothing here waits or changes. */
export interface Catalogue {
  readonly size: number;
  /** @throws {InvalidCursor} */
  list(query: ListQuery): Page;
  get(id: string): Product | undefined;
  categories(): Category[];
}

interface Candidate {
  product: Product;
  relevance: number;
}

/** Sort key and direction. Names compare by code unit: the order must be the same on every replica, whatever its ICU version. */
const ORDERS: Record<Sort, { key: (candidate: Candidate) => string | number; direction: 1 | -1 }> = {
  relevance: { key: ({ relevance }) => relevance, direction: -1 },
  name: { key: ({ product }) => product.name, direction: 1 },
  "-name": { key: ({ product }) => product.name, direction: -1 },
  price: { key: ({ product }) => product.price.amount, direction: 1 },
  "-price": { key: ({ product }) => product.price.amount, direction: -1 },
  added: { key: ({ product }) => product.addedOn, direction: 1 },
  "-added": { key: ({ product }) => product.addedOn, direction: -1 },
};

export function createCatalogue(products: readonly Product[]): Catalogue {
  const byId = new Map(products.map((product) => [product.id, product]));
  const search = indexProducts(products);

  return {
    size: products.length,
    get: (id) => byId.get(id),

    list: ({ limit, cursor, ...query }) => {
      const { key, direction } = ORDERS[query.sort ?? (query.q === undefined ? "name" : "relevance")];
      const position = (candidate: Candidate): Position => ({ key: key(candidate), id: candidate.product.id });
      const order = (a: Position, b: Position) => compare(a.key, b.key) * direction || compare(a.id, b.id);

      const found = candidates(query.q).filter((candidate) => matches(candidate.product, query));
      found.sort((a, b) => order(position(a), position(b)));
      const after = cursor === undefined ? undefined : decodeCursor(cursor, query);
      const rest = after === undefined ? found : found.filter((candidate) => order(position(candidate), after) > 0);
      const page = rest.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page.map(({ product }) => product),
        total: found.length,
        nextCursor: last !== undefined && rest.length > page.length ? encodeCursor(position(last), query) : null,
      };
    },

    categories: () =>
      CATEGORY_IDS.map((id) => ({
        id,
        name: CATEGORIES[id],
        products: products.filter(({ category }) => category === id).length,
      })),
  };

  function candidates(text: string | undefined): Candidate[] {
    if (text === undefined) return products.map((product) => ({ product, relevance: 0 }));
    return [...search(text)].flatMap(([id, relevance]) => {
      const product = byId.get(id);
      return product === undefined ? [] : [{ product, relevance }];
    });
  }
}

function matches(product: Product, { category, minPrice, maxPrice, inStock }: Partial<ListQuery>): boolean {
  return (
    (category === undefined || product.category === category) &&
    (minPrice === undefined || product.price.amount >= minPrice) &&
    (maxPrice === undefined || product.price.amount <= maxPrice) &&
    (inStock === undefined || product.stock > 0 === inStock)
  );
}

/** A cursor's key may be of the other type when someone made it up; it then sorts somewhere, and nothing breaks. */
function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
