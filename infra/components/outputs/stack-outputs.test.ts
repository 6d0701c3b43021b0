import { createRunner, memoryState, type PropertyMap, run } from "@fairway/engine";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { unreadable } from "./stack-outputs.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const runner = createRunner({ cwd: here("../../..") });
afterAll(() => runner.close());

/** Runs a fixture in a stack, with the outputs of the stacks that it may read, by full name. */
function running(fixture: string, stack: string, upstream: Record<string, PropertyMap> = {}, args: unknown = {}) {
  return run({
    project: "downstream",
    stack,
    organization: "organization",
    program: { module: here(`../fixtures/${fixture}.ts`), args },
    config: {},
    secretKeys: [],
    mode: "preview",
    state: memoryState(),
    providers: (name) => {
      throw new Error(`no provider ${name} is needed`);
    },
    references: async (name) => upstream[name] && { outputs: upstream[name], secretOutputNames: [] },
    runner,
  });
}

const messages = async (result: ReturnType<typeof running>) =>
  (await result).diagnostics.map(({ message }) => message).join("\n");

describe("the outputs of another stack", () => {
  test("are those of its stack of the same name, read once however often they are asked for", async () => {
    const result = await running("consumer", "dev", { "organization/upstream/dev": { count: 2, names: ["a", "b"] } });
    expect(result.diagnostics).toEqual([]);
    expect(result.outputs).toMatchObject({ count: 2, names: ["a", "b"] });
    expect(result.steps.filter(({ op }) => op === "read")).toHaveLength(1);
  });

  test("are kept apart for programs that run in one process at the same time", async () => {
    const upstream = {
      "organization/upstream/dev": { count: 1, names: ["dev"] },
      "organization/upstream/staging": { count: 2, names: ["staging"] },
    };
    const [dev, staging] = await Promise.all([running("consumer", "dev", upstream), running("consumer", "staging", upstream)]);
    expect(dev.outputs).toMatchObject({ count: 1, names: ["dev"] });
    expect(staging.outputs).toMatchObject({ count: 2, names: ["staging"] });
  });

  test("that are missing fail the program: the message names consumer, producer, output, and the command to run", async () => {
    const result = running("consumer", "dev", { "organization/upstream/dev": { count: 2 } });
    expect((await result).ok).toBe(false);
    expect(await messages(result)).toMatch(
      /downstream\/dev reads output "names" of stack organization\/upstream\/dev, but it has no such output\..*nx up upstream -c dev/s,
    );
  });

  test("of another type than promised fail the program: what an older program wrote must not lie to the compiler", async () => {
    const result = running("consumer", "dev", { "organization/upstream/dev": { count: "2", names: ["a", 3] } });
    expect((await result).ok).toBe(false);
    expect(await messages(result)).toMatch(
      /output "(count|names)" of stack organization\/upstream\/dev, but .*expected (number|string)/s,
    );
  });
});

describe("a stack's own outputs", () => {
  test("are returned as they are", async () => {
    const result = await running("producer", "dev", {}, { count: 1, names: ["x"] });
    expect(result.outputs).toEqual({ count: 1, names: ["x"] });
  });

  test("that break the promise fail the stack that makes them, not the one that reads them", async () => {
    const result = running("producer", "dev", {}, { count: 1, names: "x" });
    expect((await result).ok).toBe(false);
    expect(await messages(result)).toMatch(/stack upstream\/dev would export an output "names" that breaks its own outputs\.ts/);
  });
});

test("a value of the wrong type is described by its path and rule", () => {
  const what = { consumer: "edge/dev", producer: "organization/network/dev", name: "vpcId", value: 7, rule: "expected string" };
  expect(unreadable(what)).toBe(
    'edge/dev reads output "vpcId" of stack organization/network/dev, but expected string. ' +
      "Bring the producer up to date first (`nx up network -c dev`), then run this again.",
  );
});
