import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { rehearsedCloud } from "@fairway/cloud";
import { createRunner, memoryState, run, type Runner, type StackOutputs, type StackState } from "@fairway/engine";
import { keyOf, outputsOf, type StackProgram } from "@fairway/planner";
import { stacksOf } from "../plan/planned-stacks.ts";
import { loadPlatform, ROOT } from "../workspace/checkout.ts";
import { assumedImage } from "../workspace/images.ts";
import { ORGANIZATION } from "../workspace/organization.ts";
import { findPrograms } from "../workspace/programs.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const platform = await loadPlatform();
const programs = findPrograms(ROOT);
// Producers before consumers, so that a reference is answered at once.
const order = ["network", "ecs", "edge"];
const stacks = (
  await stacksOf({ root: ROOT, platform, programs, environments: Object.keys(platform.environments), image: assumedImage })
).sort((a, b) => ((order.indexOf(a.project) + 99) % 99) - ((order.indexOf(b.project) + 99) % 99));

let runner: Runner;
const outputs = new Map<string, StackOutputs>();
beforeAll(() => {
  runner = createRunner({ cwd: ROOT });
});
afterAll(() => runner.close());

async function up(stack: StackProgram, shared: Runner | undefined) {
  const result = await run({
    ...stack,
    organization: ORGANIZATION,
    program: { folder: stack.folder },
    mode: "update",
    state: memoryState(),
    providers: rehearsedCloud(),
    references: async (name) => outputs.get(name.split("/").slice(-2).join("/")),
    runner: shared,
  });
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
    const shared = await up(stack, runner);
    outputs.set(key, outputsOf(shared));
    const alone = await up(stack, undefined);
    expect(Object.keys(registered(shared.state)).length).toBeGreaterThan(5);
    expect(registered(alone.state)).toEqual(registered(shared.state));
  },
);

test("a second update of each changes nothing, and a destroy leaves nothing", async () => {
  for (const stack of stacks.filter((each) => each.stack === "production").toReversed()) {
    const first = await up(stack, runner);
    const second = await run({
      ...stack,
      organization: ORGANIZATION,
      program: { folder: stack.folder },
      mode: "update",
      state: first.state,
      providers: rehearsedCloud(),
      references: async (name) => outputs.get(name.split("/").slice(-2).join("/")),
      runner,
    });
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
