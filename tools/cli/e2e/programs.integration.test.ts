import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { rehearsedCloud } from "@fairway/cloud";
import {
  createRunner,
  memoryState,
  run,
  type Runner,
  type StackOutputs,
  type StackState,
  type StateStore,
} from "@fairway/engine";
import { coordinate, keyOf, outputsOf, type References, type StackProgram } from "@fairway/planner";
import { scopeNames } from "@fairway/settings";
import { stacksOf } from "../plan/planned-stacks.ts";
import { loadPlatform, ROOT } from "../workspace/checkout.ts";
import { assumedImage } from "../workspace/images.ts";
import { ORGANIZATION } from "../workspace/organization.ts";
import { findPrograms } from "../workspace/programs.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const platform = await loadPlatform();
const programs = findPrograms(ROOT);
const stacks = await stacksOf({ root: ROOT, platform, programs, environments: scopeNames(platform), image: assumedImage });

let runner: Runner;
const outputs = new Map<string, StackOutputs>();
const shared = new Map<string, StackState>();
beforeAll(async () => {
  runner = createRunner({ cwd: ROOT });
  await coordinate(stacks, async (stack, references) => {
    const result = await up(stack, runner, references);
    shared.set(keyOf(stack), result.state);
    outputs.set(keyOf(stack), outputsOf(result));
    return { ok: result.ok, outputs: outputsOf(result) };
  });
});
afterAll(() => runner.close());

/** What was brought up before answers references. */
const finished: References = async (name) => outputs.get(name.split("/").slice(-2).join("/"));

function attempt(stack: StackProgram, within: Runner | undefined, state: StateStore, references = finished) {
  return run({
    ...stack,
    organization: ORGANIZATION,
    program: { folder: stack.folder },
    mode: "update",
    state,
    providers: rehearsedCloud(),
    references,
    runner: within,
  });
}

async function up(stack: StackProgram, within: Runner | undefined, references = finished) {
  const result = await attempt(stack, within, memoryState(), references);
  expect(result.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return result;
}

/** What a program said, by URN: order aside, since resources register side by side. */
function registered(state: StackState) {
  return Object.fromEntries(
    state
      .resources()
      .map(({ urn, inputs, dependencies, propertyDependencies, parent, provider, protect }) => [
        urn,
        { inputs, dependencies: dependencies.toSorted(), propertyDependencies, parent, provider, protect },
      ]),
  );
}

test.each(stacks.map((stack) => [keyOf(stack), stack] as const))(
  "%s registers the same in the runner and through the SDK's launcher",
  async (key, stack) => {
    const alone = await up(stack, undefined);
    expect(alone.state.resources().length).toBeGreaterThan(5);
    expect(registered(alone.state)).toEqual(registered(shared.get(key)!));
  },
);

/** A state that goes on taking nothing after its `n`-th entry, as after `kill -9`; what it holds then is what the next run finds. */
function dyingAfter(entries: number): { store: StateStore; dead: () => boolean } {
  const store = memoryState();
  let left = entries;
  const commit = store.commit.bind(store);
  return {
    store: Object.assign(store, {
      commit: async (edits: Parameters<typeof commit>[0]) => {
        if (left-- <= 0) throw new Error("killed");
        return commit(edits);
      },
    }),
    dead: () => left < 0,
  };
}

/** Killed after every entry. Of the others, some with twice the entries and all of the same kinds, every fifth from a drawn first. */
const EVERY_ENTRY = ["network", "edge", "ecs", "catalog"];

test.each(stacks.filter(({ stack }) => stack === "dev").map((stack) => [keyOf(stack), stack] as const))(
  "%s, killed after any of its journal entries, converges in the next run to the state of one that was not",
  async (key, stack) => {
    const whole = registered(shared.get(key)!);
    const step = EVERY_ENTRY.includes(stack.project) ? 1 : 5;
    let entries = Math.floor(Math.random() * step);
    for (; ; entries += step) {
      const { store, dead } = dyingAfter(entries);
      await attempt(stack, runner, store);
      if (!dead()) break;
      const found = memoryState({ resources: store.resources(), outputs: store.outputs(), intents: store.intents() });
      const next = await attempt(stack, runner, found);
      expect(next.ok, `killed after ${entries}`).toBe(true);
      expect(registered(next.state), `killed after ${entries}`).toEqual(whole);
      expect(found.intents(), `killed after ${entries}`).toEqual([]);
    }
    expect(entries).toBeGreaterThan(Object.keys(whole).length); // each resource is at least one entry, the intents and outputs more
  },
);

test("a second update of each changes nothing, and a destroy leaves nothing", async () => {
  for (const stack of stacks.filter((each) => each.stack === "production").toReversed()) {
    const first = await up(stack, runner);
    const second = await attempt(
      stack,
      runner,
      memoryState({ resources: first.state.resources(), outputs: first.state.outputs() }),
    );
    expect(second.steps.filter(({ op }) => op !== "same" && op !== "read")).toEqual([]);
    const destroyed = await run({
      ...stack,
      organization: ORGANIZATION,
      program: { folder: stack.folder },
      mode: "destroy",
      state: second.state,
      providers: rehearsedCloud(),
      references: async () => undefined,
    });
    expect(destroyed.ok).toBe(true);
    expect(destroyed.state.resources()).toEqual([]);
  }
});
