import { afterAll, describe, expect, test } from "vitest";
import { run } from "../run.ts";
import { createRunner } from "./runner.ts";
import { fixture, request } from "./testing/request.ts";

const runner = createRunner({ cwd: import.meta.dirname });
afterAll(() => runner.close());

const REFUSED: [what: string, name: RegExp][] = [
  ["transforms", /transforms/],
  ["stackTransform", /registerResourceTransform/],
  ["invokeTransform", /registerInvokeTransform/],
  ["hooks", /resource hooks/],
  ["replaceWith", /replaceWith/],
  ["import", /thing \[toy:index:Thing\]: `import`/],
  ["replacementTrigger", /thing \[toy:index:Thing\]: `replacementTrigger`/],
  ["call", /`call`/],
  ["parameterised", /parameterised package/],
];

describe("what a rehearsal does not do is refused by name, in one error:", () => {
  test.each(REFUSED)("%s", async (what, name) => {
    const { ok, diagnostics } = await run(request(fixture("refused/programs", { what }), { runner }));
    expect(ok).toBe(false);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect(errors).toHaveLength(1);
    expect(errors[0]!.message).toMatch(name);
    expect(errors[0]!.message).toMatch(/not rehearsed\. Take it out of the program, or run this stack with the Pulumi CLI\./);
  });

  // The launcher reports them another way: the SDK logs what it threw.
  test.each(REFUSED.slice(0, 1))("%s, through the launcher", async (what, name) => {
    const { diagnostics } = await run(request(fixture("refused/programs", { what })));
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect(errors.map(({ message }) => message)).toEqual([expect.stringMatching(name)]);
  });
});
