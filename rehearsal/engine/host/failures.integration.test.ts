import { afterAll, describe, expect, test } from "vitest";
import type { Provider } from "../provider.ts";
import { run } from "../run.ts";
import { memoryState } from "../state/memory.ts";
import type { RunResult } from "../types.ts";
import { createRunner } from "./runner.ts";
import { fixture, request } from "./testing/request.ts";
import { toyProvider } from "./testing/toy-provider.ts";

const runner = createRunner({ cwd: import.meta.dirname });
afterAll(() => runner.close());

describe("in the runner, and with the stack trace of a run alone, a program fails that", () => {
  test("throws", async () => {
    const result = await run(request(fixture("bad/throws"), { runner }));
    expect(failure(result)).toMatch(/^Error: thrown by the program\n +at .*throws\.ts:5/);
  });

  test("throws in a timer", async () => {
    const result = await run(request(fixture("bad/throws-late"), { runner }));
    expect(failure(result)).toMatch(/^Error: thrown by a timer\n +at .*throws-late\.ts:6/);
  });

  test("logs an error", async () => {
    const result = await run(request(fixture("bad/logs-error"), { runner }));
    expect(failure(result)).toBe("not as it should be");
    expect(result.diagnostics[0]!.urn).toMatch(/::made$/);
  });

  test("registers two resources under one URN", async () => {
    expect(failure(await run(request(fixture("bad/duplicate"), { runner })))).toContain("duplicate resource URN");
  });
});

describe.each([
  ["in the runner", { runner }],
  ["through the launcher", {}],
])("%s, a program fails that", (_, place) => {
  test("throws inside an apply that nobody awaits, though its own promise resolves", async () => {
    const result = await run(request(fixture("bad/throws-in-apply"), place));
    expect(failure(result)).toMatch(/^Error: thrown inside apply\n +at .*throws-in-apply\.ts:6/);
  });

  test("needs an output that another stack does not have: consumer, producer, output, and what there is", async () => {
    const result = await run(request(fixture("bad/missing-output"), place));
    expect(failure(result)).toMatch(
      /^organization\/test\/staging needs output "adress" of organization\/network\/staging .*It has address, password\./,
    );
  });

  test("leaks a promise that a registration waits for: it and the property are named", async () => {
    const result = await run(request(fixture("bad/leaks"), { ...place, quietSeconds: 1 }));
    expect(failure(result)).toContain(`"stuck" [toy:index:Thing] was waiting for the value of its input property "text"`);
  });

  test("leaks a promise while a timer keeps it alive: the registration, the property and its origin are named", async () => {
    const result = await run(request(fixture("bad/leaks", { endless: true }), { ...place, quietSeconds: 1 }));
    expect(failure(result)).toContain(
      `"stuck" [toy:index:Thing] waits for its property "text", an output of "made" [toy:index:Thing]`,
    );
  });

  test("never finishes: its default export is named", async () => {
    const result = await run(request(fixture("bad/never-finishes"), { ...place, quietSeconds: 1 }));
    expect(failure(result)).toContain("the program's default export has not settled");
  });

  test("exits before it has finished", async () => {
    const result = await run(request(fixture("bad/exits"), place));
    expect(failure(result)).toContain("process.exit was called");
  });

  test("registers what its provider refuses", async () => {
    const result = await run(request(fixture("bad/failed-registration"), place));
    expect(failure(result)).toContain(`"refuse" is refused`);
    expect(result.diagnostics[0]!.urn).toMatch(/::refused$/);
  });
});

describe("a program that fails", () => {
  test("deletes nothing, and keeps what was made and the old outputs; the same without failing deletes", async () => {
    const { state } = await run(request(fixture("good/shrinks", { names: ["a", "b"] }), { runner }));
    const things = () =>
      state
        .resources()
        .filter(({ type }) => type === "toy:index:Thing")
        .map(({ name }) => name);

    const failed = await run(request(fixture("good/shrinks", { names: ["c"], fails: true }), { runner, state }));
    expect(failed.ok).toBe(false);
    expect(things()).toEqual(["a", "b", "c"]);
    // Whether the program's end or the throw comes first is the machine's choice: its new outputs are laid over the old ones, or not known yet.
    expect([
      { a: "a", b: "b" },
      { a: "a", b: "b", c: "c" },
    ]).toContainEqual(failed.outputs);

    const done = await run(request(fixture("good/shrinks", { names: ["c"] }), { runner, state }));
    expect(done.ok).toBe(true);
    expect(things()).toEqual(["c"]);
    expect(done.outputs).toEqual({ c: "c" });
  });

  test("leaves a preview's state as it was", async () => {
    const { state } = await run(request(fixture("bad/throws-in-apply"), { runner, mode: "preview", state: memoryState() }));
    expect(state.resources()).toEqual([]);
  });

  test("in the runner only, is told so: it takes a stack's name while its module loads", async () => {
    const text = failure(await run(request(fixture("bad/module-scope"), { runner })));
    expect(text).toMatch(/^the stack's name is used while a module of .*module-scope\.ts loads/);
  });

  test("in the runner only, because of what an earlier run left in its module, is told that alone it succeeds", async () => {
    expect((await run(request(fixture("bad/remembers"), { runner }))).ok).toBe(true);
    const text = failure(await run(request(fixture("bad/remembers"), { runner })));
    expect(text).toMatch(/it ran before.*\nRun alone, the same program succeeds/);
  });

  test("because it exports no function, says what it must export", async () => {
    expect(failure(await run(request(fixture("bad/exports-value"), { runner })))).toMatch(/must default-export a function/);
  });
});

test("a program that computes without end is ended, and those that share its process are run alone", async () => {
  const own = createRunner({ cwd: import.meta.dirname, sdkRoot: import.meta.dirname });
  const [blocks, beside] = await Promise.all([
    run(request(fixture("bad/blocks"), { runner: own, blockedSeconds: 1 })),
    run(request(fixture("good/says-pid", { stay: 1_000 }), { runner: own, blockedSeconds: 1 })),
  ]);
  await own.close();
  expect(failure(blocks!)).toContain("does not let its event loop turn");
  expect(beside!.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(beside!.ok).toBe(true);
});

test.each([
  ["a module", { module: "/not/there.ts" }],
  ["a folder", { folder: "/not/there" }],
])("a program that is not there says so: %s", async (_, program) => {
  expect(failure(await run(request(program)))).toMatch(/^there is no program at \/not\/there/);
});

describe("when a step fails", () => {
  test("what is under way is finished and kept, and its caller gets no error of its own", async () => {
    const slow = Promise.withResolvers<void>();
    const provider = (packageName: string): Provider => {
      const toy = toyProvider(packageName);
      const configured: Provider = {
        ...toy,
        configure: async () => configured,
        async create(created) {
          if (created.name === "slow") await slow.promise;
          if (created.name === "failing") throw new Error("no more of these");
          return toy.create(created);
        },
      };
      return configured;
    };
    const result = await run(
      request(fixture("good/shrinks", { names: ["slow", "failing"] }), {
        runner,
        providers: provider,
        onEvent: (event) => event.kind === "step-failed" && slow.resolve(),
      }),
    );
    expect(failure(result)).toContain("no more of these");
    expect(result.state.resources().map(({ name }) => name)).toContain("slow");
  });
});

/** The one error of a failed run. */
function failure(result: RunResult): string {
  expect(result.ok).toBe(false);
  const errors = result.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
  expect(errors).toHaveLength(1);
  return errors[0]!;
}
