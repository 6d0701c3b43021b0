import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startLoad } from "../../../rehearsal/effects/testing/start-load.ts";
import { BESIDE_SERVICES, copyCheckout, type Checkout, type Running } from "./checkout.ts";

// Whole commands, each starting processes of its own: minutes on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

// One rehearsal, from its first start to its end: each test goes on where the one before it stopped, as a day of work does.
let checkout: Checkout;
let rehearsal: Running;
const url = (path: string) => `http://127.0.0.1:${checkout.ports.production}${path}`;
const portOptions = () => ["--port", `production=${checkout.ports.production}`, "--port", `staging=${checkout.ports.staging}`];

const status = async () =>
  JSON.parse((await checkout.fairway("status", "--json")).stdout) as {
    running: boolean;
    environments: {
      environment: string;
      services: { name: string; url: string; version: string; healthy: number; desired: number; state: string }[];
    }[];
  };

beforeAll(async () => {
  checkout = await copyCheckout({ without: BESIDE_SERVICES });
});
afterAll(() => checkout.remove());

test("brings staging and production up from the programs alone, and says where the service answers", async () => {
  rehearsal = checkout.start(["rehearse", "staging", "production", ...portOptions()]);
  await rehearsal.printed(/Ready in/);
  const { environments } = await status();
  const up = environments.filter(({ services }) => services.length > 0);
  expect(up.map(({ environment }) => environment).sort()).toEqual(["production", "staging"]);
  for (const { services } of up) {
    expect(services).toMatchObject([{ name: "catalog", healthy: 2, desired: 2, state: "serving" }]);
    expect((await fetch(services[0]!.url)).status).toBe(200);
  }
});

test("the declared rule reaches the catalogue; anything else gets the declared default", async () => {
  const page = (await (await fetch(url("/catalog/products?limit=3"))).json()) as { items: unknown[] };
  expect(page.items).toHaveLength(3);
  expect((await fetch(url("/no-such-path"))).status).toBe(404);
});

test("a second rehearse finds the running one, changes nothing and says so", async () => {
  const again = await checkout.fairway("rehearse", "staging", "production");
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("Nothing to change.") });
});

test("a change of code is a rolling update: no request fails, and the new version serves", async () => {
  checkout.edit("services/catalog/src/main.ts", /^/, "// a new version\nprocess.stdout.write('');\n");
  const before = (await status()).environments.find(({ environment }) => environment === "production")!.services[0]!.version;
  const load = await startLoad({ url: url("/catalog/products?limit=1"), rate: 50, seed: 1 });
  const update = await checkout.fairway("rehearse", "production");
  const report = await load.end();
  expect(update).toMatchObject({ code: 0 });
  expect(report.failures).toEqual([]);
  expect(report.sent).toBeGreaterThan(0);
  const after = (await status()).environments.find(({ environment }) => environment === "production")!.services[0]!;
  expect(after.version).not.toBe(before);
  expect(after).toMatchObject({ healthy: 2, state: "serving" });
});

test.each([
  ["crashes at start", "throw new Error('CATALOG_TABLE is not set');", /exited[^]*CATALOG_TABLE is not set/],
  ["never listens", "await new Promise(() => setInterval(() => {}, 1000));", /never listened|no answer|refused/i],
])(
  "a version that %s is rolled back while the old one serves; exit 1 names the check and the last lines",
  async (_, line, reason) => {
    const file = "services/catalog/src/main.ts";
    checkout.edit(file, /^/, `${line}\n`);
    const load = await startLoad({ url: url("/catalog/products?limit=1"), rate: 20, seed: 2 });
    const update = await checkout.fairway("rehearse", "production");
    const report = await load.end();
    checkout.edit(file, `${line}\n`, "");
    expect(update.code).toBe(1);
    expect(update.stderr).toMatch(/catalog → production: rolled back after/);
    expect(update.stderr).toMatch(reason);
    expect(report.failures).toEqual([]);
  },
);

test("the mended version ships after a rollback, to both environments", async () => {
  const update = await checkout.fairway("rehearse", "staging", "production");
  expect(update).toMatchObject({ code: 0 });
  expect((await status()).environments.find(({ environment }) => environment === "production")!.services[0]).toMatchObject({
    state: "serving",
    healthy: 2,
  });
});

test("Ctrl-C stops everything; the next start finds the same state and changes nothing", async () => {
  const stopped = await rehearsal.stop("SIGINT");
  expect(stopped.code).toBe(0);
  await expect(fetch(url("/catalog"))).rejects.toThrow("fetch failed");
  expect(await status()).toMatchObject({ running: false });

  rehearsal = checkout.start(["rehearse", "staging", "production"]);
  await rehearsal.printed(/Nothing to change\. Ready in/);
  expect((await fetch(url("/catalog"))).status).toBe(200);
});

test("down without leave is refused and changes nothing; with it nothing is left and the rehearsal ends", async () => {
  const refused = await checkout.fairway("down");
  expect(refused).toMatchObject({ code: 3, stderr: expect.stringMatching(/guarded changes[^]*--allow network::/) });
  expect((await fetch(url("/catalog"))).status).toBe(200);

  expect(await checkout.fairway("down", "--yes")).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/Deleted \d+ resources/),
  });
  expect((await rehearsal.ended).code).toBe(0);
  expect(await checkout.fairway("down")).toMatchObject({ code: 0, stdout: "Nothing is up.\n" });
});
