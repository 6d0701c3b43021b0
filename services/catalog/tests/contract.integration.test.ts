import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningApp, startApp } from "./running-app.ts";

interface Operation {
  parameters?: { name: string; in: string; schema: object }[];
  responses: Record<string, { content: Record<string, { schema: object }> }>;
}

interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
}

/** One request for every answer that the document promises. */
const REQUESTS: [path: string, operation: string, status: string][] = [
  ["/catalog", "/catalog", "200"],
  ["/catalog/products", "/catalog/products", "200"],
  [
    "/catalog/products?limit=100&q=anchor&sort=price&minPrice=1&maxPrice=99999&inStock=true&category=anchoring",
    "/catalog/products",
    "200",
  ],
  ["/catalog/products?limit=0", "/catalog/products", "400"],
  ["/catalog/products/steering-compass-85-mm", "/catalog/products/{id}", "200"],
  ["/catalog/products/Not%20An%20Id", "/catalog/products/{id}", "400"],
  ["/catalog/products/no-such-thing", "/catalog/products/{id}", "404"],
  ["/catalog/categories", "/catalog/categories", "200"],
];

let app: RunningApp;
let document: Document;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);

beforeAll(async () => {
  app = await startApp();
  document = (await (await fetch(`${app.url}/catalog/openapi.json`)).json()) as Document;
  ajv.addSchema(document, "openapi");
});
afterAll(() => app.close());

const pointer = (...keys: string[]) =>
  `openapi#/${keys.map((key) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;

describe("the OpenAPI document", () => {
  test("is of version 3.1, so that its schemas are JSON Schema as it is", () => expect(document.openapi).toBe("3.1.0"));

  test("promises exactly the answers that are checked here", () => {
    const promised = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).flatMap(({ responses }) => Object.keys(responses).map((status) => `${path} ${status}`)),
    );
    expect([...new Set(REQUESTS.map(([, path, status]) => `${path} ${status}`))].sort()).toEqual(promised.sort());
  });

  test.each(REQUESTS)("is kept by the answer to GET %s", async (path, operation, status) => {
    const response = await fetch(app.url + path);
    expect(String(response.status)).toBe(status);
    const type = response.headers.get("content-type")!.split(";")[0]!;
    const validate = ajv.getSchema(pointer("paths", operation, "get", "responses", status, "content", type, "schema"));
    expect(validate, `no schema for ${type}`).toBeDefined();
    void validate!(await response.json());
    expect(validate!.errors ?? []).toEqual([]);
  });

  test("would not be kept by a product without a price", () => {
    const validate = ajv.getSchema(pointer("components", "schemas", "Product"))!;
    expect(validate({ id: "oar", name: "Oar" })).toBe(false);
  });

  test("names every query parameter that the list takes", () => {
    const names = document.paths["/catalog/products"]!.get!.parameters!.filter((parameter) => parameter.in === "query").map(
      ({ name }) => name,
    );
    expect(names.sort()).toEqual(["category", "cursor", "inStock", "limit", "maxPrice", "minPrice", "q", "sort"]);
  });

  test("leaves out what is not for callers", () =>
    expect(Object.keys(document.paths).filter((path) => !path.startsWith("/catalog"))).toEqual([]));
});
