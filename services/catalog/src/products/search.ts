import MiniSearch from "minisearch";
import { CATEGORIES, type Product } from "./product.ts";

/** Relevance by product id, for the products that match every word of `text`. */
export type Search = (text: string) => Map<string, number>;

/** Builds the full-text index: words in any order, beginnings of words, and one typing error in words of five letters or more. */
export function indexProducts(products: readonly Product[]): Search {
  const index = new MiniSearch<Product>({
    fields: ["name", "category", "description"],
    extractField: (product, field) =>
      field === "category" ? CATEGORIES[product.category] : String(product[field as "id" | "name" | "description"]),
    searchOptions: {
      boost: { name: 4, category: 2 },
      combineWith: "AND",
      prefix: true,
      fuzzy: (term) => (term.length >= 5 && !/\d/.test(term) ? 1 : false),
    },
  });
  index.addAll(products);
  return (text) => new Map(index.search(text).map(({ id, score }) => [id as string, score]));
}
