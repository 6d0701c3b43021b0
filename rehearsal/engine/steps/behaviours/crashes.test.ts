import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StateStore } from "../../state/types.ts";
import { Stack, type Outcome, onHost } from "../testing/program.ts";
import { type RandomProgram, programs, runnable } from "../testing/random-programs.ts";
import { expectAgreement } from "../testing/agreement.ts";

/**
 * Makes the process die at its n-th touch of world or state: from then on nothing has any effect. The n-th touch itself is made or
 * not, and its answer is lost.
 *
 * @returns how many touches there were, and what brings the process back
 */
function dieAt(stack: Stack, n: number, made: boolean): { touches: () => number; revive: () => void } {
  let touches = 0;
  const dead = () => touches > n || (touches === n && !made);
  const die = () => new Error(`the process was killed at touch ${n}`);
  const state = stack.state;
  const dying: StateStore = {
    salt: state.salt,
    resources: () => state.resources(),
    outputs: () => state.outputs(),
    intents: () => state.intents(),
    commit: async (edits) => {
      touches += 1;
      if (dead()) throw die();
      await state.commit(edits);
      if (touches >= n) throw die();
    },
  };
  stack.state = dying;
  stack.world.before = () => {
    touches += 1;
    if (dead()) throw die();
  };
  stack.world.after = () => {
    if (touches >= n) throw die();
  };
  return {
    touches: () => touches,
    revive: () => {
      stack.state = state;
      stack.world.before = stack.world.after = () => undefined;
    },
  };
}

/** Runs `fatal` to its death at every touch, each time on a stack of its own, and then `after`. */
async function atEveryTouch(
  prepare: (stack: Stack) => Promise<Outcome>,
  fatal: (stack: Stack) => Promise<Outcome>,
  after: (stack: Stack) => Promise<void>,
) {
  for (const made of [false, true]) {
    for (let n = 1; ; n++) {
      const stack = new Stack();
      await prepare(stack);
      const death = dieAt(stack, n, made);
      await fatal(stack);
      death.revive();
      await after(stack);
      if (death.touches() < n) break;
    }
  }
}

describe("a crash at any touch of world or state", () => {
  test("of an update is made good by running the same program again: nothing is lost or doubled", async () => {
    await fc.assert(
      fc.asyncProperty(programs(), programs(), async (first: RandomProgram, second: RandomProgram) => {
        await atEveryTouch(
          (stack) => stack.up(runnable(first)),
          (stack) => stack.up(runnable(second)),
          async (stack) => {
            expect((await stack.up(runnable(second))).errors).toEqual([]);
            expectAgreement(stack, second);
            expect((await stack.up(runnable(second))).steps.filter((step) => step.op !== "same")).toEqual([]);
          },
        );
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  test("of an update does not matter to a destroy", async () => {
    await fc.assert(
      fc.asyncProperty(programs(), programs(), async (first: RandomProgram, second: RandomProgram) => {
        await atEveryTouch(
          (stack) => stack.up(runnable(first)),
          (stack) => stack.up(runnable(second)),
          async (stack) => {
            expect((await stack.destroy()).errors).toEqual([]);
            expect([stack.world.things.size, stack.state.resources().length, stack.state.intents().length]).toEqual([0, 0, 0]);
          },
        );
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  test("of an update is made good by running any other program", async () => {
    await fc.assert(
      fc.asyncProperty(
        programs(),
        programs(),
        programs(),
        async (first: RandomProgram, second: RandomProgram, third: RandomProgram) => {
          await atEveryTouch(
            (stack) => stack.up(runnable(first)),
            (stack) => stack.up(runnable(second)),
            async (stack) => {
              expect((await stack.up(runnable(third))).errors).toEqual([]);
              expectAgreement(stack, third);
            },
          );
        },
      ),
      { numRuns: 12 },
    );
  }, 60_000);

  test("of an update that takes something off its host does not matter to a destroy: it has to be deleted by itself", async () => {
    await atEveryTouch(
      (stack) => stack.up(onHost(true, 0)),
      (stack) => stack.up(onHost(false, 0)),
      async (stack) => {
        expect((await stack.destroy()).errors).toEqual([]);
        expect([stack.world.things.size, stack.state.resources().length, stack.state.intents().length]).toEqual([0, 0, 0]);
      },
    );
  });

  test("of an update after which a host needs what went with it does not matter to a destroy", async () => {
    await atEveryTouch(
      (stack) => stack.up(onHost(true, 0)),
      (stack) =>
        stack.up(async (say) => {
          const guest = await say.box("guest", { fixed: 1 });
          await say.box("host", { fixed: 1, of: guest.id }, { propertyDependencies: { of: [guest.urn] } });
        }),
      async (stack) => {
        expect((await stack.destroy()).errors).toEqual([]);
        expect([stack.world.things.size, stack.state.resources().length, stack.state.intents().length]).toEqual([0, 0, 0]);
      },
    );
  });

  test("of an update that moves something to a host or away from it is made good by any program that does so", async () => {
    const variants = [true, false].flatMap((hosted) => [0, 1].map((fixed) => onHost(hosted, fixed)));
    for (const first of variants) {
      for (const second of variants) {
        for (const third of variants) {
          await atEveryTouch(
            (stack) => stack.up(first),
            (stack) => stack.up(second),
            async (stack) => {
              expect((await stack.up(third)).errors).toEqual([]);
              expectAgreement(stack, { resources: { length: 2 } });
            },
          );
        }
      }
    }
  }, 60_000);

  for (const [what, again] of [
    ["destroying again", true],
    ["running the program", false],
  ] as const) {
    test(`of a destroy is made good by ${what}`, async () => {
      await fc.assert(
        fc.asyncProperty(programs(), async (program: RandomProgram) => {
          const nothing: RandomProgram = { ...program, resources: [] };
          await atEveryTouch(
            (stack) => stack.up(runnable(program)),
            (stack) => stack.destroy(),
            async (stack) => {
              expect((await (again ? stack.destroy() : stack.up(runnable(program)))).errors).toEqual([]);
              expectAgreement(stack, again ? nothing : program);
            },
          );
        }),
        { numRuns: 12 },
      );
    }, 60_000);
  }
});

describe("a provider that refuses any one call", () => {
  test("fails the run, and the next one converges", async () => {
    await fc.assert(
      fc.asyncProperty(programs(), programs(), async (first: RandomProgram, second: RandomProgram) => {
        for (let n = 1; ; n++) {
          const stack = new Stack();
          await stack.up(runnable(first));
          let calls = 0;
          stack.world.before = () => {
            if (++calls === n) throw new Error("not now");
          };
          const { errors } = await stack.up(runnable(second));
          stack.world.before = () => undefined;
          expect(errors.map((error) => error.replace(/.*failed: /, ""))).toEqual(calls < n ? [] : ["not now"]);
          expect((await stack.up(runnable(second))).errors).toEqual([]);
          expectAgreement(stack, second);
          if (calls < n) break;
        }
      }),
      { numRuns: 15 },
    );
  }, 60_000);
});
