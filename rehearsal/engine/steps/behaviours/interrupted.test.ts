import { describe, expect, test } from "vitest";
import { Stack, type ToyProgram, onHost } from "../testing/program.ts";

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
