import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PRODUCTS, type RunningApp, startApp } from "./running-app.ts";

interface Page {
  items: { id: string; category: string }[];
  total: number;
  next: string | null;
  nextCursor: string | null;
}

let app: RunningApp;
beforeAll(async () => void (app = await startApp()));
afterAll(() => app.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(app.url + path, { headers });
const json = async <T>(path: string) => (await (await get(path)).json()) as T;

describe("listing", () => {
  test("reaches every product by following next", async () => {
    const found: string[] = [];
    for (let path: string | null = "/catalog/products?limit=70&sort=price"; path !== null;) {
      const page: Page = await json<Page>(path);
      found.push(...page.items.map(({ id }) => id));
      path = page.next;
    }
    expect(found).toHaveLength(PRODUCTS.length);
    expect(new Set(found)).toEqual(new Set(PRODUCTS.map(({ id }) => id)));
  });

  test("filters and searches together", async () => {
    const { items, total } = await json<Page>("/catalog/products?q=anchor&category=anchoring&inStock=true&limit=100");
    expect(total).toBeGreaterThan(0);
    expect(items).toHaveLength(total);
    expect(new Set(items.map(({ category }) => category))).toEqual(new Set(["anchoring"]));
  });

  test("takes a slash at the end for what it would be without", async () => {
    expect((await get("/catalog/products/")).status).toBe(200);
  });

  test("starts from an index", async () => {
    const { links } = await json<{ links: Record<string, string> }>("/catalog");
    for (const path of Object.values(links)) expect([path, (await get(path)).status]).toEqual([path, 200]);
  });

  test("counts the products of each category", async () => {
    const { items } = await json<{ items: { id: string; products: number }[] }>("/catalog/categories");
    expect(items.find(({ id }) => id === "safety")?.products).toBe(
      PRODUCTS.filter(({ category }) => category === "safety").length,
    );
  });
});

describe("a product", () => {
  test("is found by its id", async () =>
    expect(await json("/catalog/products/plough-anchor-10-kg")).toMatchObject({ name: "Plough anchor, 10 kg" }));

  test("that the caller has already is not sent again", async () => {
    const first = await get("/catalog/products/plough-anchor-10-kg");
    const etag = first.headers.get("etag")!;
    const again = await get("/catalog/products/plough-anchor-10-kg", { "if-none-match": etag });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    const other = await get("/catalog/products/plough-anchor-16-kg", { "if-none-match": etag });
    expect(other.status).toBe(200);
  });
});

describe("an error", () => {
  test.each([
    {
      what: "an unknown id",
      path: "/catalog/products/no-such-thing",
      status: 404,
      detail: 'No product has the id "no-such-thing".',
    },
    { what: "an unknown path", path: "/catalog/nothing", status: 404, detail: "Nothing is served at this path." },
    {
      what: "a broken escape",
      path: "/catalog/products/%E0%A4%A",
      status: 400,
      detail: "The address has a % that encodes nothing.",
    },
    {
      what: "a huge query",
      path: `/catalog?q=${"x".repeat(5000)}`,
      status: 414,
      detail: "The address is longer than 4096 characters.",
    },
  ])("about $what is a problem with status $status and the request's id", async ({ path, status, detail }) => {
    const response = await get(path, { "x-request-id": "test-request" });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await response.json()).toMatchObject({ type: "about:blank", status, detail, requestId: "test-request" });
  });

  test("names every parameter that can't be used at once", async () => {
    const response = await get("/catalog/products?limit=1000&colour=red&cursor=x&sort=relevance");
    const { errors } = (await response.json()) as { errors: { parameter: string }[] };
    expect([response.status, errors.map(({ parameter }) => parameter).sort()]).toEqual([400, ["colour", "limit", "sort"]]);
  });

  test("names a parameter given twice", async () => {
    expect(await json("/catalog/products?limit=1&limit=2")).toMatchObject({ status: 400, errors: [{ parameter: "limit" }] });
  });

  test("says what to do about a cursor of another list", async () => {
    const { nextCursor } = await json<Page>("/catalog/products?limit=1&sort=price");
    const problem = await json<{ errors: object[] }>(`/catalog/products?limit=1&sort=name&cursor=${nextCursor}`);
    expect(problem.errors).toEqual([{ parameter: "cursor", detail: expect.stringContaining("leave the cursor out") as string }]);
  });

  test("of ours tells the caller nothing but where to ask, and the log everything", async () => {
    const failing = await startApp({
      routes: (server) => void server.get("/broken", () => Promise.reject(new Error("password is hunter2"))),
    });
    try {
      const response = await fetch(`${failing.url}/broken`, { headers: { "x-request-id": "incident-0001" } });
      const body = await response.text();
      expect(response.status).toBe(500);
      expect(body).not.toMatch(/hunter2|\bat /);
      expect(JSON.parse(body)).toMatchObject({ status: 500, requestId: "incident-0001" });
      expect(failing.log).toContainEqual(
        expect.objectContaining({
          requestId: "incident-0001",
          err: expect.objectContaining({ message: "password is hunter2" }) as object,
        }),
      );
    } finally {
      await failing.close();
    }
  });
});

describe("operating it", () => {
  test("it is alive and ready", async () =>
    expect([(await get("/healthz")).status, (await get("/readyz")).status]).toEqual([200, 200]));

  test("without a product it is neither", async () => {
    const empty = await startApp({ products: [] });
    try {
      expect([(await fetch(`${empty.url}/healthz`)).status, (await fetch(`${empty.url}/readyz`)).status]).toEqual([503, 503]);
    } finally {
      await empty.close();
    }
  });

  test("each answer says which version gave it", async () =>
    expect((await get("/catalog")).headers.get("x-catalog-version")).toBe("test-1"));

  test("requests are counted by route, never by path, in buckets whose edges are the objectives'", async () => {
    await get("/catalog/products/plough-anchor-20-kg");
    await get("/wp-login.php");
    const text = await (await get("/metrics")).text();
    const buckets = text
      .split("\n")
      .filter((line) => line.includes("_bucket{") && line.includes('route="/catalog/products/:id",status="200"'));
    expect(buckets.map((line) => /le="([^"]+)"/.exec(line)![1])).toEqual(expect.arrayContaining(["0.1", "0.3", "1", "+Inf"]));
    expect(text).toMatch(/http_request_duration_seconds_count\{method="GET",route="\(none\)",status="404"\} \d/);
    expect(text).not.toMatch(/plough-anchor|wp-login/);
    expect(text).toContain('catalog_build_info{version="test-1"} 1');
  });

  test("each request leaves one line with its id, the trace, and not what was searched for", async () => {
    await get("/catalog/products?q=secret-gift", {
      "x-request-id": "log-line-1",
      "x-amzn-trace-id": "Root=1-67891233-abcdef012345678912345678",
    });
    expect(app.log.filter(({ requestId }) => requestId === "log-line-1")).toEqual([
      expect.objectContaining({
        traceId: "1-67891233-abcdef012345678912345678",
        method: "GET",
        route: "/catalog/products",
        path: "/catalog/products",
        status: 200,
        message: "request",
      }),
    ]);
    expect(JSON.stringify(app.log)).not.toContain("secret-gift");
  });

  test("idle connections are kept longer than the load balancer keeps them", async () => {
    expect((await get("/catalog")).headers.get("keep-alive")).toBe("timeout=65");
  });
});
