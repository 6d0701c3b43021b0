import { z } from "zod";

/** What the shop is divided into, by id. */
export const CATEGORIES = {
  anchoring: "Anchoring",
  mooring: "Mooring and fenders",
  rope: "Rope and line",
  rigging: "Rigging and deck hardware",
  navigation: "Navigation",
  safety: "Safety",
  electrical: "Electrical",
  plumbing: "Pumps and plumbing",
  maintenance: "Paint and maintenance",
  galley: "Galley",
} as const;

export type CategoryId = keyof typeof CATEGORIES;

export const CATEGORY_IDS = Object.keys(CATEGORIES) as CategoryId[];

export const productId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "lower-case words and digits joined by hyphens, for example plough-anchor-10-kg")
  .max(64);

/** A product as the API hands it out and as the data file holds it. */
export const productSchema = z
  .strictObject({
    id: productId.describe("Never changes, never reused."),
    name: z.string().min(1).max(120),
    category: z.enum(CATEGORY_IDS),
    description: z.string().min(1).max(500),
    price: z.strictObject({
      amount: z.int().min(0).describe("In the currency's minor unit: 1290 is €12.90."),
      currency: z.literal("EUR"),
    }),
    stock: z.int().min(0).describe("Pieces that can be sent today."),
    weightGrams: z.int().min(1),
    addedOn: z.iso.date(),
  })
  .meta({ id: "Product", description: "One thing that can be ordered." });

export type Product = z.infer<typeof productSchema>;
