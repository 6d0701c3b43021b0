import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { Stack, type ToyProgram, type Wish } from "../testing/program.ts";

/** `b` needs `a` by a property that forces replacement, `c` by one that does not. */
const chain =
  (fixed: string, wishes: { a?: Wish; b?: Wish } = {}): ToyProgram =>
  async ({ box }) => {
    const a = await box("a", { fixed }, { deleteBeforeReplace: true, ...wishes.a });
    const b = await box("b", { fixed: a.outputs["serial"]! }, { propertyDependencies: { fixed: [a.urn] }, ...wishes.b });
    await box("c", { of: b.outputs["serial"]! }, { propertyDependencies: { of: [b.urn] } });
  };

describe("delete before replace", () => {
  test("takes the dependents that would be replaced first, in reverse order; others are updated", async () => {
    const stack = new Stack();
    await stack.up(chain("x"));
    const { told, steps } = await stack.up(chain("y"));
    expect(told).toEqual([
      "delete-replaced b",
      "delete-replaced a",
      "replace a",
      "create-replacement a",
      "replace b",
      "create-replacement b",
      "update c",
    ]);
    expect(stack.world.told().slice(3)).toEqual(["delete b", "delete a", "create a", "create b", "update c"]);
    expect(steps.find((step) => step.op === "replace" && step.name === "b")?.why).toBe(
      "replace because fixed comes from a, which is replaced",
    );
    expect(stack.entries().sort()).toEqual(["a", "b", "c"]);
  });

  test("is planned the same way", async () => {
    const stack = new Stack();
    await stack.up(chain("x"));
    const { told } = await stack.preview(chain("y"));
    expect(told.filter((step) => !step.endsWith(" c"))).toEqual([
      "delete-replaced b",
      "delete-replaced a",
      "replace a",
      "create-replacement a",
      "replace b",
      "create-replacement b",
    ]);
    expect(stack.world.told()).toHaveLength(3);
  });

  test("takes what is deleted with it, without a call of its own", async () => {
    const stack = new Stack();
    const program =
      (fixed: string): ToyProgram =>
      async ({ box }) => {
        const a = await box("a", { fixed }, { deleteBeforeReplace: true });
        await box("guest", {}, { deletedWith: a.urn });
      };
    await stack.up(program("x"));
    await stack.up(program("y"));
    expect(stack.world.told().slice(2)).toEqual(["delete a", "create a", "create guest"]);
  });

  test("takes what is on a replaced provider", async () => {
    const stack = new Stack();
    const program =
      (region: string): ToyProgram =>
      async ({ box, provider }) => {
        const { reference } = await provider("mine", { region }, { deleteBeforeReplace: true });
        await box("a", {}, { provider: reference });
      };
    await stack.up(program("north"));
    expect((await stack.up(program("south"))).told).toEqual(["delete-replaced a", "replace a", "create-replacement a"]);
    expect(stack.world.told()).toEqual(["create a", "delete a", "create a"]);
  });

  test("leaves what the program has registered without it, once that has let go", async () => {
    const stack = new Stack();
    await stack.up(chain("x"));
    stack.world.before = async (call) => {
      // Slow enough for a deletion that does not wait to overtake it.
      for (let turn = 0; call.kind === "update" && turn < 20; turn++) await setImmediate();
    };
    await stack.up(async ({ box }) => {
      const free = box("b", { fixed: stack.entry("b").inputs["fixed"]!, x: 1 });
      await Promise.all([
        free,
        box("a", { fixed: "y" }, { deleteBeforeReplace: true }),
        box("c", { of: (await free).outputs["serial"]! }),
      ]);
    });
    const told = stack.world.told().slice(3);
    expect(told).not.toContain("delete b");
    expect(told.indexOf("update b")).toBeLessThan(told.indexOf("delete a"));
  });

  test("does not begin when what should have let go of it failed to", async () => {
    const stack = new Stack();
    await stack.up(chain("x"));
    stack.world.before = async (call) => {
      if (call.kind !== "update") return;
      for (let turn = 0; turn < 20; turn++) await setImmediate();
      throw new Error("b can't be changed");
    };
    await stack.up(async ({ box }) => {
      const free = box("b", { fixed: stack.entry("b").inputs["fixed"]!, x: 1 });
      await Promise.all([free, box("a", { fixed: "y" }, { deleteBeforeReplace: true })]);
    });
    expect(stack.world.told().slice(3)).toEqual([]);
    expect(stack.entries().sort()).toEqual(["a", "b", "c"]);
  });

  test("of a dependent that is renamed meanwhile leaves nothing under the old name", async () => {
    const stack = new Stack();
    await stack.up(chain("x"));
    const { urn } = stack.entry("b");
    const renamed = Promise.withResolvers<void>();
    stack.world.before = async (call) => {
      if (call.kind === "update") await renamed.promise;
    };
    await stack.up(async ({ box }) => {
      // `c` holds `b` until it is updated, so that the deletion of `b` comes after its renaming.
      const c = box("c", { of: "nothing" });
      const a = box("a", { fixed: "y" }, { deleteBeforeReplace: true });
      const b = box("bb", { fixed: "y" }, { aliases: [{ urn }] });
      for (let turn = 0; turn < 20; turn++) await setImmediate();
      renamed.resolve();
      await Promise.all([c, a, b]);
    });
    expect(stack.entries().sort()).toEqual(["a", "bb", "c"]);
    expect(
      stack.world
        .told()
        .filter((call) => call.startsWith("delete"))
        .sort(),
    ).toEqual(["delete a", "delete bb"]);
    expect(stack.world.things.size).toBe(3);
  });

  test("forgets a dependent that is deleted and never declared again", async () => {
    const stack = new Stack();
    await stack.up(chain("x"));
    await stack.up(async ({ box }) => void (await box("a", { fixed: "y" }, { deleteBeforeReplace: true })));
    expect(stack.entries()).toEqual(["a"]);
    expect(stack.world.things.size).toBe(1);
  });

  test("is refused as a whole for one protected dependent: nothing of it is executed", async () => {
    const stack = new Stack();
    await stack.up(chain("x", { b: { protect: true } }));
    const { errors } = await stack.up(chain("y", { b: { protect: true } }), { allow: [] });
    expect(errors).toEqual([
      expect.stringMatching(
        /a \(.*\) is replaced, and they must be deleted before it.*delete of b .*protected.*--allow shop::toy:index:Box::b/s,
      ),
    ]);
    expect(stack.world.told()).toHaveLength(3);
    expect((await stack.up(chain("y", { b: { protect: true } }), { allow: ["shop::b"] })).errors).toEqual([]);
  });

  test("that was interrupted is taken up again: what is pending is made anew", async () => {
    const stack = new Stack();
    await stack.up(chain("x"));
    stack.world.before = (call) => {
      if (call.kind === "create") throw new Error("no room");
    };
    await stack.up(chain("y"));
    expect(stack.entries().sort()).toEqual(["a (pending)", "b (pending)", "c"]);
    stack.world.before = () => undefined;
    const { told } = await stack.up(chain("y"));
    expect(told).toContain("create-replacement a");
    expect(stack.entries().sort()).toEqual(["a", "b", "c"]);
    expect(stack.world.things.size).toBe(3);
    expect((await stack.up(chain("y"))).told).toEqual([]);
  });

  test("that was interrupted and is no longer wanted is forgotten", async () => {
    const stack = new Stack();
    await stack.up(chain("x"));
    stack.world.before = (call) => {
      if (call.kind === "create") throw new Error("no room");
    };
    await stack.up(chain("y"));
    stack.world.before = () => undefined;
    await stack.up(async () => undefined);
    expect([stack.entries(), stack.world.things.size]).toEqual([[], 0]);
  });
});
