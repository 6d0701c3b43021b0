import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";

type Schemas = Record<string, unknown>;

/** Gathers an OpenAPI 3.1 document from the schemas that the routes registered afterwards validate with. */
export async function registerOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Catalog", version: "1", description: "The products of a ship's chandler." },
      servers: [{ url: "/" }],
    },
    transform: jsonSchemaTransform,
    transformObject: (source) => {
      const document = jsonSchemaTransformObject(source) as { paths?: unknown; components?: { schemas?: Schemas } };
      const schemas = reachable(document.paths, document.components?.schemas ?? {});
      return { ...document, components: { ...document.components, schemas } } as ReturnType<typeof jsonSchemaTransformObject>;
    },
  });
}

/** The schemas that something refers to: each is offered a second time as an input, which only requests with a body would need. */
function reachable(paths: unknown, schemas: Schemas): Schemas {
  const found = new Map<string, unknown>();
  visit(paths);
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));

  function visit(value: unknown): void {
    for (const [, name] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (found.has(name!)) continue;
      found.set(name!, schemas[name!]);
      visit(schemas[name!]);
    }
  }
}
