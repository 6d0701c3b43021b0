import { readdirSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openKey, openStateStore } from "@fairway/engine";
import { BESIDE_SERVICES, copyCheckout, type Checkout } from "./checkout.ts";

vi.setConfig({ testTimeout: 1_200_000, hookTimeout: 60_000 });

const KILLS = 20;
const PRELOAD = fileURLToPath(new URL("./kill-at-entry.mjs", import.meta.url));

let checkout: Checkout;
beforeAll(async () => {
  checkout = await copyCheckout({ without: BESIDE_SERVICES });
});
afterAll(() => checkout.remove());

const url = () => `http://127.0.0.1:${checkout.ports.staging}/catalog`;
const start = (options: { preload?: string; env?: Record<string, string> } = {}) =>
  checkout.start(["rehearse", "dev", "--port", `dev=${checkout.ports.staging}`], options);

/** Every URN in state, once for each entry: a lost resource is missing, a doubled one is there twice. */
async function urns(): Promise<string[]> {
  const states = join(checkout.folder, ".fairway/state");
  const key = openKey({ folder: join(checkout.folder, ".test-keys") });
  const all: string[] = [];
  for (const project of readdirSync(states)) {
    const store = await openStateStore({ folder: states, project, stack: "dev", key });
    all.push(...store.resources().map(({ urn }) => urn));
    expect(store.intents()).toEqual([]);
    await store.close();
  }
  return all.sort();
}

/** Processes that run in a bundle of this checkout now. */
function serviceProcesses(): number {
  const bundles = join(checkout.folder, ".fairway/bundles");
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`).startsWith(bundles);
    } catch {
      return false; // ended meanwhile
    }
  }).length;
}

test.skipIf(process.platform !== "linux")(
  "killed after any journal entry, the next run converges: nothing lost, nothing doubled, no process left",
  async () => {
    const whole = start();
    await whole.printed("Ready in");
    await whole.stop();
    const expected = await urns();
    expect(expected.length).toBeGreaterThan(80);

    const seed = Number(process.env.KILL_SEED ?? Math.floor(Math.random() * 2 ** 31));
    console.log(`kill points drawn from seed ${seed} (KILL_SEED=${seed} draws them again)`);
    const draw = random(seed);
    for (let kill = 0; kill < KILLS; kill++) {
      rmSync(join(checkout.folder, ".fairway/state"), { recursive: true });
      rmSync(join(checkout.folder, ".fairway/effects"), { recursive: true, force: true });
      const at = 1 + Math.floor(draw() * expected.length);
      const killed = await start({ preload: PRELOAD, env: { KILL_AT: String(at) } }).ended;
      expect(killed.signal, `kill ${kill} after entry ${at}: ${killed.stderr}`).toBe("SIGKILL");

      const next = start();
      await next.printed("Ready in");
      expect((await fetch(url())).status, `kill ${kill} after entry ${at}`).toBe(200);
      expect(serviceProcesses(), `kill ${kill} after entry ${at}`).toBe(1);
      expect((await next.stop()).code).toBe(0);
      expect(await urns(), `kill ${kill} after entry ${at}`).toEqual(expected);
      expect(serviceProcesses(), `kill ${kill} after entry ${at}`).toBe(0);
    }
  },
);

/** mulberry32: small, seeded, good enough to spread kill points. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
