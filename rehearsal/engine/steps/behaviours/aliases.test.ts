import { describe, expect, test } from "vitest";
import { GROUP, Stack } from "../testing/program.ts";

describe("an alias", () => {
  const former: [string, { name?: string; type?: string; wish: object }][] = [
    ["by former name", { wish: { aliases: [{ name: "old" }] } }],
    ["by whole URN", { wish: { aliases: [{ urn: "urn:pulumi:dev::shop::toy:index:Box::old" }] } }],
  ];

  for (const [how, { wish }] of former) {
    test(`${how} finds the old resource: nothing is created or deleted`, async () => {
      const stack = new Stack();
      await stack.up(async ({ box }) => void (await box("old", { x: 1 })));
      const { id } = stack.entry("old");
      const { told } = await stack.up(async ({ box }) => void (await box("new", { x: 1 }, wish)));
      expect(told).toEqual([]);
      expect(stack.entries()).toEqual(["new"]);
      expect(stack.entry("new")).toMatchObject({ id, urn: "urn:pulumi:dev::shop::toy:index:Box::new" });
    });
  }

  test("by former type and former parent finds it too", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("a", {}, { type: "toy:index:Crate" })));
    const typed = await stack.up(async ({ box }) => void (await box("a", {}, { aliases: [{ type: "toy:index:Crate" }] })));
    expect(typed.told).toEqual([]);
    const moved = await stack.up(async ({ box, group }) => {
      const { urn } = await group("g");
      await box("a", {}, { parent: urn, aliases: [{ noParent: true }] });
    });
    expect(moved.told).toEqual(["create g"]);
    expect(stack.entry("a").parent).toBe(stack.entry("g").urn);
  });

  test("yields to the URN itself", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => {
      await box("old", { x: "old" });
      await box("new", { x: "new" });
    });
    const { told } = await stack.up(async ({ box }) => void (await box("new", { x: "new" }, { aliases: [{ name: "old" }] })));
    expect(told).toEqual(["delete old"]);
  });

  test("rewrites what refers to the old URN", async () => {
    const stack = new Stack();
    await stack.up(async ({ box, provider }) => {
      const { reference } = await provider("cloud");
      const a = await box("old", {}, { provider: reference });
      await box("b", { of: a.id }, { propertyDependencies: { of: [a.urn] }, deletedWith: a.urn, provider: reference });
    });
    const { told } = await stack.up(async ({ box, provider }) => {
      const { reference } = await provider("heaven", {}, { aliases: [{ name: "cloud" }] });
      await box("new", {}, { aliases: [{ name: "old" }], provider: reference });
      throw new Error("the program ends before it comes to b");
    });
    expect(told).toEqual([]);
    const { urn } = stack.entry("new");
    expect(stack.entry("b")).toMatchObject({ dependencies: [urn], propertyDependencies: { of: [urn] }, deletedWith: urn });
    expect(stack.entry("b").provider).toContain("::heaven::");
  });

  test("can replace as well as rename", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("old", { fixed: 1 })));
    const { told } = await stack.up(async ({ box }) => void (await box("new", { fixed: 2 }, { aliases: [{ name: "old" }] })));
    expect(told).toEqual(["replace new", "create-replacement new", "delete-replaced new"]);
    expect(stack.world.things.size).toBe(1);
  });

  test("of a renamed component holds for its children, and for the part of their names that is its name", async () => {
    const stack = new Stack();
    await stack.up(async ({ group, box }) => {
      const { urn } = await group("site");
      const inner = await group("inner", {}, { parent: urn });
      await box("site-logs", {}, { parent: inner.urn });
      await box("site-data", {}, { parent: urn });
      await box("other", {}, { parent: urn });
    });
    const { told } = await stack.up(async ({ group, box }) => {
      const { urn } = await group("web", {}, { aliases: [{ name: "site" }] });
      const inner = await group("inner", {}, { parent: urn });
      await box("site-logs", {}, { parent: inner.urn });
      await box("web-data", {}, { parent: urn });
      await box("other", {}, { parent: urn });
    });
    expect(told).toEqual([]);
    expect(stack.entries().sort()).toEqual(["inner", "other", "site-logs", "web", "web-data"]);
  });

  test("of a component whose type changed holds for its children", async () => {
    const stack = new Stack();
    await stack.up(async ({ group, box }) => void (await box("a", {}, { parent: (await group("g")).urn })));
    const { told } = await stack.up(async ({ group, box }) => {
      const { urn } = await group("g", {}, { type: "toy:index:Team", aliases: [{ type: GROUP }] });
      await box("a", {}, { parent: urn });
    });
    expect(told).toEqual([]);
    expect(stack.entry("a").urn).toBe("urn:pulumi:dev::shop::toy:index:Team$toy:index:Box::a");
  });

  test("multiplies a child's own aliases with its parent's", async () => {
    const stack = new Stack();
    await stack.up(async ({ group, box }) => void (await box("old", {}, { parent: (await group("site")).urn })));
    const { told } = await stack.up(async ({ group, box }) => {
      const { urn } = await group("web", {}, { aliases: [{ name: "site" }] });
      await box("new", {}, { parent: urn, aliases: [{ name: "old" }] });
    });
    expect(told).toEqual([]);
  });

  test("that two resources name is an error, and so is one that is itself registered", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("old")));
    const both = await stack.preview(async ({ box }) => {
      await box("one", {}, { aliases: [{ name: "old" }] });
      await box("two", {}, { aliases: [{ name: "old" }] });
    });
    expect(both.errors).toEqual([expect.stringMatching(/two .* names the alias .*::old, which .*::one has taken over/)]);
    const itself = await stack.preview(async ({ box }) => {
      await box("old");
      await box("new", {}, { aliases: [{ name: "old" }] });
    });
    expect(itself.errors).toEqual([expect.stringContaining("which is itself registered")]);
    const after = await stack.preview(async ({ box }) => {
      await box("new", {}, { aliases: [{ name: "old" }] });
      await box("old");
    });
    expect(after.errors).toEqual([expect.stringContaining("was taken over by")]);
  });
});
