import { z } from "zod";
import { CURSOR_LENGTH } from "./cursor.ts";
import { CATEGORY_IDS } from "./product.ts";

export const SORTS = ["relevance", "name", "-name", "price", "-price", "added", "-added"] as const;

export type Sort = (typeof SORTS)[number];

const amount = z.coerce.number().int().min(0).max(100_000_000);

/**
 * What a list can be asked for. Strict, because a misspelt filter that is ignored answers with the wrong products.
 */
export const listQuerySchema = z
  .strictObject({
    q: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .optional()
      .describe("Full-text search in name, category and description; every word must match."),
    category: z.enum(CATEGORY_IDS).optional(),
    minPrice: amount.optional().describe("Lowest price, in minor units."),
    maxPrice: amount.optional().describe("Highest price, in minor units."),
    inStock: z
      .enum(["true", "false"])
      .transform((text) => text === "true")
      .optional()
      .describe("true: only what can be sent today; false: only what is sold out."),
    sort: z.enum(SORTS).optional().describe("`-` reverses. By default relevance with q, else name."),
    limit: z.coerce.number().int().min(1).max(100).default(20).describe("Products on a page."),
    cursor: z.string().max(CURSOR_LENGTH).optional().describe("nextCursor of the page before, with the same filters and order."),
  })
  .refine(({ sort, q }) => sort !== "relevance" || q !== undefined, {
    path: ["sort"],
    message: "relevance needs q; choose another order.",
  })
  .refine(({ minPrice, maxPrice }) => minPrice === undefined || maxPrice === undefined || minPrice <= maxPrice, {
    path: ["minPrice"],
    message: "is over maxPrice.",
  });

export type ListQuery = z.infer<typeof listQuerySchema>;
