import { describe, expect, test } from "vitest";
import { unknown } from "../../properties/value.ts";
import { Stack } from "../testing/program.ts";

describe("an update", () => {
  test("creates what is new, and answers with inputs and outputs together", async () => {
    const stack = new Stack();
    const { told, errors } = await stack.up(async ({ box }) => {
      const { urn, id, outputs } = await box("a", { size: 1, label: "mine" });
      expect(urn).toBe("urn:pulumi:dev::shop::toy:index:Box::a");
      expect(outputs).toEqual({ size: 1, label: "mine", serial: id, touched: 0 });
    });
    expect(errors).toEqual([]);
    expect(told).toEqual(["create a"]);
    expect(stack.world.told()).toEqual(["create a"]);
  });

  test("leaves what is the same alone", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("a", { size: 1 })));
    const { told } = await stack.up(async ({ box }) => void (await box("a", { size: 1 })));
    expect(told).toEqual([]);
    expect(stack.world.told()).toEqual(["create a"]);
  });

  test("updates in place what changed, and keeps the id and the chosen name", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("a", { size: 1 })));
    const before = stack.entry("a");
    const { told, steps } = await stack.up(async ({ box }) => void (await box("a", { size: 2 })));
    expect(told).toEqual(["update a"]);
    expect(steps.find((step) => step.op === "update")).toMatchObject({ why: "update because size 1 → 2", replaceKeys: [] });
    const after = stack.entry("a");
    expect([after.id, after.inputs["label"]]).toEqual([before.id, before.inputs["label"]]);
    expect(stack.world.things.get(after.id)?.inputs["size"]).toBe(2);
  });

  test("replaces by creating first and deleting at the end, with a fresh id and name", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("a", { fixed: "x" })));
    const before = stack.entry("a");
    const { told, steps } = await stack.up(async ({ box }) => void (await box("a", { fixed: "y" })));
    expect(told).toEqual(["replace a", "create-replacement a", "delete-replaced a"]);
    expect(steps.find((step) => step.op === "replace")).toMatchObject({
      why: "replace because fixed x → y",
      replaceKeys: ["fixed"],
    });
    expect(stack.world.told()).toEqual(["create a", "create a", "delete a"]);
    const after = stack.entry("a");
    expect(after.id).not.toBe(before.id);
    expect(after.inputs["label"]).not.toBe(before.inputs["label"]);
    expect([...stack.world.things.keys()]).toEqual([after.id]);
  });

  test("deletes what is no longer declared, dependents first", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => {
      const a = await box("a");
      await box("b", { of: a.id }, { propertyDependencies: { of: [a.urn] } });
    });
    const { told } = await stack.up(async () => undefined);
    expect(told).toEqual(["delete b", "delete a"]);
    expect(stack.world.told().slice(2)).toEqual(["delete b", "delete a"]);
    expect(stack.entries()).toEqual([]);
  });

  test("deletes nothing when the program failed, and keeps what was created", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("a")));
    const { told } = await stack.up(async ({ box }) => {
      await box("b");
      throw new Error("a mistake in the program");
    });
    expect(told).toEqual(["create b"]);
    expect(stack.entries().sort()).toEqual(["a", "b"]);
  });

  test("refuses what comes after a failed step, and deletes nothing", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("old")));
    stack.world.before = (call) => {
      if (call.kind === "create") throw new Error("no room");
    };
    const { deployment, errors } = await stack.up(async ({ box }) => {
      await box("a").catch(() => undefined);
      await expect(box("b")).rejects.toMatchObject({ kind: "unavailable" });
    });
    expect(deployment.failed).toBe(true);
    expect(errors).toEqual(["a (toy:index:Box): create failed: no room"]);
    expect(stack.entries()).toEqual(["old"]);
    expect(stack.state.intents()).toEqual([]);
  });

  test("reports every failure of a check, by property", async () => {
    const { errors } = await new Stack().up(async ({ box }) => void (await box("a", { bad: true })));
    expect(errors).toEqual(["a (toy:index:Box): bad: must not be set"]);
  });
});

describe("a preview", () => {
  test("of something new answers with its inputs only, and touches neither world nor state", async () => {
    const stack = new Stack();
    const { told } = await stack.preview(async ({ box }) => {
      const { id, outputs } = await box("a", { label: "mine" });
      expect(id).toBe(unknown);
      expect(outputs).toEqual({ label: "mine" });
    });
    expect(told).toEqual(["create a"]);
    expect(stack.world.calls).toEqual([]);
    expect(stack.state.resources()).toEqual([]);
  });

  test("of an update keeps old outputs except those made anew", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("a", { size: 1 })));
    const { id } = stack.entry("a");
    await stack.preview(async ({ box }) => {
      const after = await box("a", { size: 2 });
      expect(after).toMatchObject({ id, outputs: { size: 2, serial: id } });
      expect(after.outputs["touched"]).toBe(unknown);
    });
    expect(stack.entry("a").inputs["size"]).toBe(1);
  });

  test("of a replacement knows neither id nor outputs", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("a", { fixed: 1 })));
    const { told } = await stack.preview(async ({ box }) => {
      const { id, outputs } = await box("a", { fixed: 2 });
      expect(id).toBe(unknown);
      expect(Object.keys(outputs).sort()).toEqual(["fixed", "label"]);
    });
    expect(told).toEqual(["replace a", "create-replacement a", "delete-replaced a"]);
    expect(stack.world.told()).toEqual(["create a"]);
  });

  test("of something unchanged answers with its old outputs", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("a", { size: 1 })));
    await stack.preview(async ({ box }) => {
      expect((await box("a", { size: 1 })).outputs).toMatchObject({ size: 1, touched: 0, serial: stack.entry("a").id });
    });
  });
});

describe("a destroy", () => {
  test("deletes everything, outputs included", async () => {
    const stack = new Stack();
    await stack.up(async (say) => {
      const a = await say.box("a");
      await say.box("b", {}, { dependencies: [a.urn] });
      await say.deployment.registerOutputs(say.stack, { id: a.id });
    });
    expect(stack.state.outputs()).toEqual({ id: stack.entry("a").id });
    const { told } = await stack.destroy();
    expect(told).toEqual(["delete b", "delete a"]);
    expect(stack.world.things.size).toBe(0);
    expect(stack.state.resources()).toEqual([]);
    expect(stack.state.outputs()).toEqual({});
  });
});
