import etag from "@fastify/etag";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Catalogue } from "../products/catalogue.ts";
import { CATEGORY_IDS, productId, productSchema } from "../products/product.ts";
import { listQuerySchema } from "../products/query.ts";
import { problemResponse, sendProblem } from "./problem.ts";

const pageSchema = z
  .strictObject({
    items: z.array(productSchema),
    total: z.int().min(0).describe("On all pages together."),
    nextCursor: z.string().nullable().describe("Of the next page; null on the last."),
    next: z.string().nullable().describe("Path of the next page, ready to be followed; null on the last."),
  })
  .meta({ id: "ProductPage" });

const categorySchema = z
  .strictObject({ id: z.enum(CATEGORY_IDS), name: z.string(), products: z.int().min(0) })
  .meta({ id: "Category" });

const indexSchema = z
  .strictObject({ name: z.string(), version: z.string(), links: z.record(z.string(), z.string()) })
  .meta({ id: "Index" });

const badRequest = problemResponse("A parameter can't be used.");

/** What the edge routes here: everything under /catalog. */
export const productRoutes: FastifyPluginAsyncZod<{ catalogue: Catalogue; version: string }> = async (
  app,
  { catalogue, version },
) => {
  await app.register(etag);
  // Answers may be kept, but are asked for again each time: with an ETag that costs one 304.
  app.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "no-cache"));

  app.get(
    "/catalog",
    { schema: { operationId: "index", summary: "What is here", response: { 200: indexSchema } } },
    async () => ({
      name: "catalog",
      version,
      links: { products: "/catalog/products", categories: "/catalog/categories", openapi: "/catalog/openapi.json" },
    }),
  );

  app.get(
    "/catalog/products",
    {
      schema: {
        operationId: "listProducts",
        summary: "List, filter and search products, a page at a time",
        querystring: listQuerySchema,
        response: { 200: pageSchema, 400: badRequest },
      },
    },
    async (request) => {
      const page = catalogue.list(request.query);
      return { ...page, next: nextPath(request.url, page.nextCursor) };
    },
  );

  app.get(
    "/catalog/products/:id",
    {
      schema: {
        operationId: "getProduct",
        summary: "One product",
        params: z.strictObject({ id: productId }),
        response: { 200: productSchema, 400: badRequest, 404: problemResponse("No product has this id.") },
      },
    },
    async (request, reply) =>
      catalogue.get(request.params.id) ??
      sendProblem(request, reply, { status: 404, detail: `No product has the id "${request.params.id}".` }),
  );

  app.get(
    "/catalog/categories",
    {
      schema: {
        operationId: "listCategories",
        summary: "All categories",
        response: { 200: z.strictObject({ items: z.array(categorySchema) }) },
      },
    },
    async () => ({ items: catalogue.categories() }),
  );

  app.get("/catalog/openapi.json", { schema: { hide: true } }, async () => app.swagger());
};

function nextPath(url: string, cursor: string | null): string | null {
  if (cursor === null) return null;
  const next = new URL(url, "http://catalog.invalid");
  next.searchParams.set("cursor", cursor);
  return next.pathname + next.search;
}
