import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Edit, StateStore } from "./types.ts";
import { propertyMaps } from "../properties/arbitrary.ts";
import { equal } from "../properties/equal.ts";
import { Secret, unknown } from "../properties/value.ts";
import { openKey } from "./keys.ts";
import { unsynced } from "./disk/testing.ts";
import { memoryState } from "./memory.ts";
import { openStateStore, StateCorruptError, StateKeyError, StateLockedError } from "./store.ts";
import { names, resource, urnOf } from "./testing.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fairway-state-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (more: Partial<Parameters<typeof openStateStore>[0]> = {}) =>
  openStateStore({ folder, project: "network", stack: "staging", key: openKey({ folder: join(folder, "key") }), ...more });
const file = (name: string) => join(folder, "network", "staging", name);
const put = (name: string, more = {}): Edit => ({ kind: "put", resource: resource(name, more) });

describe("state on disk", () => {
  test("is there again after closing, with its salt", async () => {
    const state = await open();
    expect(state.salt).toMatch(/^[0-9a-f]{32}$/);
    await state.commit([put("b", { dependencies: [urnOf("a")] }), put("a"), { kind: "outputs", outputs: { url: "x" } }]);
    await state.commit([{ kind: "intent", intent: { token: "t", resource: resource("c") } }]);
    await state.close();

    const again = await open();
    expect([names(again.resources()), again.outputs(), again.salt]).toEqual([["a", "b"], { url: "x" }, state.salt]);
    expect(again.intents()).toEqual([{ token: "t", resource: resource("c") }]);
    await again.close();
  });

  test("holds what state in memory holds after the same commits, closed and compacted at any moment", async () => {
    const name = fc.constantFrom("a", "b", "c");
    const edit: fc.Arbitrary<Edit> = fc.oneof(
      fc
        .record({ name, generation: fc.nat({ max: 1 }), inputs: propertyMaps({ unknowns: false }) })
        .map((given) => put(given.name, given)),
      fc.record({ kind: fc.constant("remove" as const), urn: name.map(urnOf), generation: fc.nat({ max: 1 }) }),
      fc.record({ kind: fc.constant("outputs" as const), outputs: propertyMaps({ unknowns: false }) }),
      fc.record({
        kind: fc.constant("intent" as const),
        intent: fc.record({ token: fc.string(), resource: name.map((it) => resource(it)) }),
      }),
    );
    const commits = fc.array(fc.record({ edits: fc.array(edit, { maxLength: 3 }), thenReopen: fc.boolean() }), { maxLength: 8 });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(commits, fc.integer({ min: 1, max: 4 }), async (rounds, compactEvery) => {
        const stack = `s${round++}`;
        const memory = memoryState();
        let disk = await open({ stack, compactEvery, fs: unsynced });
        for (const { edits, thenReopen } of rounds) {
          await memory.commit(edits);
          await disk.commit(edits);
          if (!thenReopen) continue;
          await disk.close();
          disk = await open({ stack, compactEvery, fs: unsynced });
        }
        await disk.close();
        expect(same(disk, memory)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test("takes commits side by side, each durable when it resolves", async () => {
    const state = await open();
    await Promise.all(Array.from({ length: 50 }, (_, i) => state.commit([put(`r${i}`)])));
    const lines = (await readFile(file("journal.ndjson"), "utf8")).trimEnd().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { sequence: number }).sequence)).toEqual(
      Array.from({ length: 50 }, (_, i) => i + 1),
    );
    await state.close();
    expect(await readFile(file("journal.ndjson"), "utf8")).toBe("");
  });

  test("never has a secret in the open, in either file", async () => {
    const state = await open();
    await state.commit([
      put("db", { inputs: { password: new Secret("hush-hush") }, outputs: { deep: [new Secret({ a: "hush-hush" })] } }),
    ]);
    expect(await readFile(file("journal.ndjson"), "utf8")).not.toContain("hush");
    await state.close();
    expect(await readFile(file("state.json"), "utf8")).not.toContain("hush");
    const again = await open();
    expect(again.resources()[0]!.inputs).toEqual({ password: new Secret("hush-hush") });
    await again.close();
  });

  test("refuses an unknown before anything is written, naming resource and property", async () => {
    const state = await open();
    await expect(state.commit([put("fine"), put("db", { inputs: { tags: [{ id: unknown }] } })])).rejects.toThrow(
      /Thing::db can't be kept in state: property "tags\[0\]\.id" is unknown/,
    );
    expect(state.resources()).toEqual([]);
    await state.close();
  });

  test("commits nothing after it was closed; closing twice is fine", async () => {
    const state = await open();
    await state.close();
    await state.close();
    await expect(state.commit([put("a")])).rejects.toThrow(/stack staging of network: its state is closed/);
  });

  test("refuses a second update, naming the first, and gives other stacks away", async () => {
    const state = await open();
    await expect(open()).rejects.toThrow(StateLockedError);
    await expect(open()).rejects.toThrow(`stack staging of network is being updated by process ${process.pid}`);
    await (await open({ stack: "production" })).close();
    await state.close();
    await (await open()).close();
  });

  test("makes no folder of a name that could lead elsewhere", async () => {
    await expect(open({ stack: "../elsewhere" })).rejects.toThrow(/stack name "\.\.\/elsewhere" can't name a folder/);
    await expect(open({ project: ".." })).rejects.toThrow(/project name/);
  });
});

describe("a corrupt state", () => {
  const kept = async () => (await readdir(file("."))).filter((name) => name.includes("corrupt"));

  beforeEach(async () => {
    const state = await open();
    await state.commit([put("a", { inputs: { size: 1 } })]);
    await state.close();
  });

  test.each([
    ["an empty file", () => ""],
    ["half a file", (text: string) => text.slice(0, text.length / 2)],
    ["another value", (text: string) => text.replace('"size": 1', '"size": 2')],
    ["no state", () => '{"version": 1}'],
    ["no JSON object", () => "null"],
  ])("with %s is kept aside and left as it is, each time", async (_, damage) => {
    const damaged = damage(await readFile(file("state.json"), "utf8"));
    await writeFile(file("state.json"), damaged);
    for (const _again of [1, 2]) {
      const opening = open();
      await expect(opening).rejects.toThrow(StateCorruptError);
      await expect(opening).rejects.toThrow(
        /stack staging of network: the state is corrupt: .*state\.json: .*Restore the file from a backup/,
      );
    }
    expect(await readFile(file("state.json"), "utf8")).toBe(damaged);
    const copies = await kept();
    expect(copies).toEqual([expect.stringMatching(/^state\.json\.corrupt-[0-9a-f]{12}$/)]);
    expect(await readFile(file(copies[0]!), "utf8")).toBe(damaged);
  });

  test("is noticed whichever byte of it changed", async () => {
    const text = await readFile(file("state.json"));
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: text.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const damaged = Buffer.from(text);
        damaged[at]! ^= flip;
        await writeFile(file("state.json"), damaged);
        const state = await open({ fs: unsynced }).catch(() => undefined);
        if (state === undefined) return;
        // White space between two tokens is the one thing that may change without harm.
        expect(state.resources()).toEqual([resource("a", { inputs: { size: 1 } })]);
        await state.close();
      }),
      { numRuns: 60 },
    );
  });

  test("that lost its file but not its journal is not taken for a new one", async () => {
    const state = await open();
    await state.commit([put("b")]);
    const journal = await readFile(file("journal.ndjson"));
    await state.close();
    await rm(file("state.json"));
    await writeFile(file("journal.ndjson"), journal);
    await expect(open()).rejects.toThrow(/state\.json: it is missing, while its journal is there/);
  });

  test("of a later version is not called corrupt", async () => {
    await writeFile(file("state.json"), '{"version": 2}');
    await expect(open()).rejects.toThrow(/version 2; this Fairway reads up to version 1\. Use the Fairway that wrote it/);
    expect(await kept()).toEqual([]);
  });

  test("of another stack is refused", async () => {
    const text = await readFile(file("state.json"), "utf8");
    await (await open({ stack: "other" })).close();
    await writeFile(join(folder, "network", "other", "state.json"), text);
    await expect(open({ stack: "other" })).rejects.toThrow(/it is the state of stack staging of network/);
  });

  test("is not what a missing or another key makes of it: the error names both keys and where to put the right one", async () => {
    const other = openKey({ folder: join(folder, "other-key") });
    const opening = open({ key: other });
    await expect(opening).rejects.toThrow(StateKeyError);
    await expect(opening).rejects.toThrow(
      `encrypted with key ${openKey({ folder: join(folder, "key") }).id}, but ${other.file} holds key ${other.id}. Put the former key back there`,
    );
    expect(await kept()).toEqual([]);
  });
});

function same(a: StateStore, b: StateStore): boolean {
  const entries = (state: StateStore) =>
    JSON.stringify(
      state
        .resources()
        .map(({ urn, generation }) => `${generation} ${urn}`)
        .toSorted(),
    );
  const inputs = (state: StateStore) =>
    Object.fromEntries(state.resources().map((entry) => [`${entry.urn} ${entry.generation}`, entry.inputs]));
  return entries(a) === entries(b) && equal(inputs(a), inputs(b)) && equal(a.outputs(), b.outputs()) && tokens(a) === tokens(b);
}

function tokens(state: StateStore): string {
  return JSON.stringify(
    state
      .intents()
      .map(({ token, resource: { urn } }) => `${urn} ${token}`)
      .toSorted(),
  );
}
