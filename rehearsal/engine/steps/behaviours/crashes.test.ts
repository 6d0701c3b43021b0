import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StateStore } from "../../state/types.ts";
import { Stack, type Outcome, type ToyProgram } from "../testing/program.ts";
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

/** A host that is deleted before it is replaced, and a guest that is on it, or was. */
function onHost(hosted: boolean, fixed: number): ToyProgram {
  return async (say) => {
    const host = await say.box("host", { fixed }, { deleteBeforeReplace: true });
    const wish = { deletedWith: host.urn, propertyDependencies: { host: [host.urn] } };
    await (hosted ? say.box("guest", { host: host.id }, wish) : say.box("guest"));
  };
}

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

describe("a create that was sent and not committed", () => {
  const box: ToyProgram = async (say) => void (await say.box("a", { size: 1 }));

  async function interrupted() {
    const stack = new Stack({ salt: "a-salt" });
    const state = stack.state;
    const commit = state.commit;
    let sent = false;
    stack.world.after = () => {
      sent = true;
    };
    stack.state = { ...state, commit: async (edits) => (sent ? Promise.reject(new Error("killed")) : commit(edits)) };
    await stack.up(box);
    stack.state = state;
    return stack;
  }

  test("is asked for again with the same token and seed before anything else, and then committed", async () => {
    const stack = await interrupted();
    const [intent] = stack.state.intents();
    expect(intent?.resource).toMatchObject({ name: "a", id: "" });
    const { steps, told } = await stack.up(box);
    expect(told).toEqual(["create a"]);
    expect(steps[0]?.why).toBe("create because an earlier run began it and was interrupted");
    expect(stack.world.things.size).toBe(1);
    expect([...stack.world.things.values()][0]?.token).toBe(intent?.token);
    expect(stack.state.intents()).toEqual([]);
  });

  test("and is not possible any more is given up with a warning: the program decides anew", async () => {
    const stack = await interrupted();
    stack.world.things.clear();
    let refused = false;
    stack.world.before = () => {
      if (!refused) {
        refused = true;
        throw new Error("no room");
      }
    };
    const { deployment, errors } = await stack.up(box);
    expect(errors).toEqual([]);
    expect(deployment.diagnostics.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      "warning an interrupted create could not be finished: a (toy:index:Box): create failed: no room",
    ]);
    expect(stack.entries()).toEqual(["a"]);
  });

  test("is left alone by a preview", async () => {
    const stack = await interrupted();
    await stack.preview(box);
    expect(stack.state.intents()).toHaveLength(1);
  });
});

describe("an update that was sent and not committed", () => {
  async function interrupted(first: ToyProgram, second: ToyProgram) {
    const stack = new Stack();
    await stack.up(first);
    const state = stack.state;
    let sent = false;
    stack.world.after = () => {
      sent = true;
    };
    stack.state = {
      ...state,
      commit: async (edits) => (sent ? Promise.reject(new Error("killed")) : state.commit(edits)),
    };
    await stack.up(second);
    stack.state = state;
    stack.world.after = () => undefined;
    return stack;
  }

  const sized =
    (size: number): ToyProgram =>
    async (say) =>
      void (await say.box("a", { size }));

  test("is asked for again before anything else, also when the program wants the former inputs back", async () => {
    const stack = await interrupted(sized(1), sized(2));
    const { steps, told, errors } = await stack.up(sized(1));
    expect(errors).toEqual([]);
    expect(told).toEqual(["update a", "update a"]);
    expect(steps[0]?.why).toBe("update because an earlier run began it and was interrupted");
    expect([...stack.world.things.values()][0]?.inputs).toMatchObject({ size: 1 });
    expect(stack.entry("a").inputs).toMatchObject({ size: 1 });
    expect(stack.state.intents()).toEqual([]);
  });

  test("stays known when what it refers to is renamed meanwhile", async () => {
    const stack = new Stack();
    await stack.up(async (say) => {
      const old = await say.box("old");
      await say.box("a", { size: 1 }, { dependencies: [old.urn] });
    });
    let intents: string[] = [];
    await stack.up(async (say) => {
      stack.world.before = async ({ kind }) => {
        if (kind !== "update") return;
        await say.box("new", {}, { aliases: [{ name: "old" }] });
        intents = stack.state.intents().map(({ resource }) => resource.name);
      };
      await say.box("a", { size: 2 });
    });
    expect(intents).toEqual(["a"]);
    expect(stack.state.intents()).toEqual([]);
  });

  test("and is refused now is given up with a warning; its host going is not taken for its own going", async () => {
    const stack = await interrupted(onHost(true, 0), onHost(false, 0));
    let refused = false;
    stack.world.before = () => {
      if (!refused) {
        refused = true;
        throw new Error("not now");
      }
    };
    const { deployment, errors } = await stack.destroy();
    expect(errors).toEqual([]);
    expect(deployment.diagnostics.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      "warning an interrupted update could not be finished: guest (toy:index:Box): update failed: not now",
    ]);
    expect([stack.world.things.size, stack.state.resources().length, stack.state.intents().length]).toEqual([0, 0, 0]);
  });
});

describe("a refusal after which the state can't be written", () => {
  const box: ToyProgram = async (say) => void (await say.box("a", { size: 1 }));
  const bigger: ToyProgram = async (say) => void (await say.box("a", { size: 2 }));

  for (const [operation, before, act] of [
    ["create", undefined, (stack: Stack) => stack.up(box)],
    ["update", box, (stack: Stack) => stack.up(bigger)],
    ["delete", box, (stack: Stack) => stack.destroy()],
  ] as const) {
    test(`tells both what the provider said and what the disk said: ${operation}`, async () => {
      const stack = new Stack();
      if (before) await stack.up(before);
      const state = stack.state;
      let full = false;
      stack.state = {
        ...state,
        commit: async (edits) => (full ? Promise.reject(new Error("the disk is full")) : state.commit(edits)),
      };
      stack.world.before = () => {
        full = true;
        throw new Error("no room");
      };
      expect((await act(stack)).errors).toContain(
        `a (toy:index:Box): ${operation} failed: no room; and the state could not be set right after it: the disk is full`,
      );
    });
  }
});
