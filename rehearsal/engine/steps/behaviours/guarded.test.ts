import { describe, expect, test } from "vitest";
import { Stack, type ToyProgram } from "../testing/program.ts";

const nothing: ToyProgram = async () => undefined;

async function withBoxes(...wishes: [name: string, wish?: { protect?: boolean; type?: string }][]) {
  const stack = new Stack();
  stack.world.descriptions = {
    "toy:index:Disk": { model: "modelled", guarded: "data" },
    "toy:index:Floor": { model: "modelled", guarded: "foundation" },
  };
  await stack.up(async ({ box }) => {
    for (const [name, wish] of wishes) await box(name, { fixed: 1 }, wish);
  });
  return stack;
}

describe("a guarded change", () => {
  const guarded = [
    ["protect", { protect: true }, "protected"],
    ["data", { type: "toy:index:Disk" }, "holds data"],
    ["foundation", { type: "toy:index:Floor" }, "others stand on"],
  ] as const;

  for (const [guard, wish, meaning] of guarded) {
    test(`to ${guard} is refused, says why and how to allow it, and nothing is executed`, async () => {
      const stack = await withBoxes(["a", wish], ["b"]);
      for (const run of [() => stack.up(nothing, { allow: [] }), () => stack.destroy({ allow: [] })]) {
        const { errors, deployment } = await run();
        expect(errors).toEqual([expect.stringContaining(meaning)]);
        expect(errors[0]).toContain(`--allow shop::${"type" in wish ? wish.type : "toy:index:Box"}::a`);
        expect(deployment.failed).toBe(true);
      }
      const replaced = await stack.up(async ({ box }) => void (await box("a", { fixed: 2 }, wish)), { allow: [] });
      expect(replaced.errors).toEqual([expect.stringContaining("replace of a")]);
      expect(stack.world.told()).toEqual(["create a", "create b"]);
    });

    test(`to ${guard} is marked in the plan, which refuses nothing`, async () => {
      const stack = await withBoxes(["a", wish]);
      const { steps, errors } = await stack.preview(async ({ box }) => void (await box("a", { fixed: 2 }, wish)), { allow: [] });
      expect(errors).toEqual([]);
      expect(steps.filter((step) => step.guarded).map((step) => `${step.op} ${step.guarded}`)).toEqual([`replace ${guard}`]);
      expect((await stack.preview(nothing)).steps.filter((step) => step.guarded).map((step) => step.op)).toEqual(["delete"]);
    });
  }

  test("is done when allowed by name, or by type and name", async () => {
    for (const allowed of ["shop::a", "shop::toy:index:Disk::a"]) {
      const stack = await withBoxes(["a", { type: "toy:index:Disk" }]);
      expect((await stack.destroy({ allow: [allowed] })).errors).toEqual([]);
      expect(stack.world.things.size).toBe(0);
    }
  });

  test("is not allowed by another project, type or name", async () => {
    const stack = await withBoxes(["a", { type: "toy:index:Disk" }]);
    const { errors } = await stack.destroy({ allow: ["store::a", "shop::toy:index:Floor::a", "shop::b"] });
    expect(errors).toHaveLength(1);
  });

  test("with an ambiguous name lists the candidates", async () => {
    const stack = await withBoxes(["a", { type: "toy:index:Disk" }], ["a", { type: "toy:index:Floor" }]);
    const { errors } = await stack.destroy({ allow: ["shop::a"] });
    expect(errors[0]).toContain('"shop::a" is ambiguous; allow one of: shop::toy:index:Disk::a, shop::toy:index:Floor::a');
  });

  test("names all that is refused in one error", async () => {
    const stack = await withBoxes(["a", { protect: true }], ["b", { type: "toy:index:Disk" }]);
    const { errors } = await stack.destroy({ allow: [] });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/delete of [ab].*\n?.*delete of [ab]/s);
  });

  test("is made freely when no list is given: the caller refuses", async () => {
    const stack = await withBoxes(["a", { protect: true }]);
    expect((await stack.destroy()).errors).toEqual([]);
  });

  test("is not what only updates, or is only read", async () => {
    const stack = await withBoxes(["a", { protect: true }]);
    expect(
      (await stack.up(async ({ box }) => void (await box("a", { fixed: 1, x: 1 }, { protect: true })), { allow: [] })).errors,
    ).toEqual([]);
    const reader = new Stack();
    reader.world.descriptions = { "toy:index:Disk": { model: "modelled", guarded: "data" } };
    reader.world.things.set("disk-1", { type: "toy:index:Disk", urn: "", inputs: {}, token: "" });
    await reader.up(async ({ read }) => void (await read("d", "disk-1", { type: "toy:index:Disk" })));
    expect((await reader.destroy({ allow: [] })).errors).toEqual([]);
  });

  test("that can't be read is refused at once", async () => {
    await expect(new Stack().destroy({ allow: ["a"] })).rejects.toThrow(
      '"a" can\'t be allowed: write PROJECT::NAME or PROJECT::TYPE::NAME',
    );
  });
});
