import { expect, test } from "vitest";
import { manualClock } from "@fairway/clock";
import { fine } from "./finding.ts";
import { runChecks } from "./run.ts";

const never = () => new Promise<never>(() => {});

test("findings come in the order of the checks, whichever ends first", async () => {
  const slow = Promise.withResolvers<void>();
  const running = runChecks(
    [
      { name: "slow", run: async () => slow.promise.then(() => [fine("slow", "done")]) },
      {
        name: "quick",
        run: async () => {
          slow.resolve();
          return [fine("quick", "done")];
        },
      },
    ],
    { clock: manualClock(), waitingFor: () => {} },
  );
  expect((await running).map(({ check }) => check)).toEqual(["slow", "quick"]);
});

test("after two seconds it says what is still open, and not before", async () => {
  const clock = manualClock();
  const waiting: string[][] = [];
  const running = runChecks(
    [
      { name: "quick", run: async () => [] },
      { name: "stuck", run: never },
    ],
    { clock, waitingFor: (names) => waiting.push(names) },
  );
  await clock.advance(1_999);
  expect(waiting).toEqual([]);
  await clock.advance(1);
  expect(waiting).toEqual([["stuck"]]);
  await clock.advance(60_000);
  await running;
});

test("a check that gets no answer is given up at its deadline, and the others' findings are kept", async () => {
  const clock = manualClock();
  const running = runChecks(
    [
      { name: "stuck", run: never },
      { name: "quick", run: async () => [fine("quick", "done")] },
    ],
    { clock, waitingFor: () => {} },
  );
  await clock.advance(60_000);
  expect(await running).toEqual([
    expect.objectContaining({ check: "stuck", state: "wrong", message: "no answer within 60 s" }),
    fine("quick", "done"),
  ]);
});

test("what a check throws is a finding: its first line the message, the others what to do", async () => {
  const failing = { name: "quotas", run: () => Promise.reject(new Error("not allowed\n  Ask an administrator.")) };
  expect(await runChecks([failing], { clock: manualClock(), waitingFor: () => {} })).toEqual([
    { check: "quotas", state: "wrong", message: "not allowed", fix: "Ask an administrator." },
  ]);
});
