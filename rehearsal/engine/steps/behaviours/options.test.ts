import { describe, expect, test } from "vitest";
import { GROUP, Stack, type Wish } from "../testing/program.ts";
import type { PropertyMap } from "../../properties/value.ts";

/** Runs a box `a` as it was, then as it is, and says what the second run did. */
async function change(before: [PropertyMap, Wish?], after: [PropertyMap, Wish?]) {
  const stack = new Stack();
  await stack.up(async ({ box }) => void (await box("a", ...before)));
  const outcome = await stack.up(async ({ box }) => void (await box("a", ...after)));
  return { stack, ...outcome };
}

describe("ignoreChanges", () => {
  test("keeps the old value of a path, so that nothing is to be done", async () => {
    const { told, stack } = await change(
      [{ tags: { A: "1", B: "1" } }],
      [{ tags: { A: "2", B: "1" } }, { ignoreChanges: ["tags.A"] }],
    );
    expect(told).toEqual([]);
    expect(stack.entry("a").inputs["tags"]).toEqual({ A: "1", B: "1" });
  });

  test("lets other paths change", async () => {
    const { told, stack } = await change(
      [{ tags: { A: "1", B: "1" } }],
      [{ tags: { A: "2", B: "2" } }, { ignoreChanges: ["tags.A"] }],
    );
    expect(told).toEqual(["update a"]);
    expect(stack.entry("a").inputs["tags"]).toEqual({ A: "1", B: "2" });
  });

  test("takes * for everything and [index] for one element", async () => {
    expect((await change([{ x: 1 }], [{ x: 2, y: 3 }, { ignoreChanges: ["*"] }])).told).toEqual([]);
    expect((await change([{ list: [1, 2] }], [{ list: [9, 2] }, { ignoreChanges: ["list[0]"] }])).told).toEqual([]);
  });

  test("prevents a replacement", async () => {
    expect((await change([{ fixed: 1 }], [{ fixed: 2 }, { ignoreChanges: ["fixed"] }])).told).toEqual([]);
  });

  test("does nothing on create", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("a", { x: 1 }, { ignoreChanges: ["x"] })));
    expect(stack.entry("a").inputs["x"]).toBe(1);
  });

  test("is not applied to the inputs of a replacement", async () => {
    const { told, stack } = await change([{ fixed: 1, x: 1 }], [{ fixed: 2, x: 2 }, { ignoreChanges: ["x"] }]);
    expect(told).toContain("replace a");
    expect(stack.entry("a").inputs["x"]).toBe(2);
  });
});

describe("replaceOnChanges", () => {
  test("replaces when a path in it changed", async () => {
    const { told, steps } = await change([{ tags: { A: "1" } }], [{ tags: { A: "2" } }, { replaceOnChanges: ["tags.A"] }]);
    expect(told).toEqual(["replace a", "create-replacement a", "delete-replaced a"]);
    expect(steps.find((step) => step.op === "replace")).toMatchObject({
      replaceKeys: ["tags"],
      why: "replace because tags.A 1 → 2",
      detailedDiff: { "tags.A": { replace: true, source: "replaceOnChanges" } },
    });
  });

  test("does nothing when only others changed, and nothing when nothing changed", async () => {
    expect((await change([{ x: 1, y: 1 }], [{ x: 2, y: 1 }, { replaceOnChanges: ["y"] }])).told).toEqual(["update a"]);
    expect((await change([{ y: 1 }], [{ y: 1 }, { replaceOnChanges: ["*"] }])).told).toEqual([]);
  });

  test("takes * for any key, and sees what comes or goes with the map around it", async () => {
    expect((await change([{ x: 1 }], [{ x: 2 }, { replaceOnChanges: ["*"] }])).told).toContain("replace a");
    expect((await change([{ tags: { A: "1" } }], [{}, { replaceOnChanges: ["tags.A"] }])).told).toContain("replace a");
  });
});

describe("deleteBeforeReplace", () => {
  test("deletes the old one first", async () => {
    const { told, stack } = await change([{ fixed: 1 }], [{ fixed: 2 }, { deleteBeforeReplace: true }]);
    expect(told).toEqual(["delete-replaced a", "replace a", "create-replacement a"]);
    expect(stack.world.told()).toEqual(["create a", "delete a", "create a"]);
    expect(stack.entries()).toEqual(["a"]);
  });

  test("is the provider's word when the program says nothing", async () => {
    const { stack } = await change([{ fixed: 1, exclusive: true }], [{ fixed: 2, exclusive: true }]);
    expect(stack.world.told()).toEqual(["create a", "delete a", "create a"]);
  });

  test("of false in the program wins over the provider", async () => {
    const { stack } = await change(
      [{ fixed: 1, exclusive: true }],
      [{ fixed: 2, exclusive: true }, { deleteBeforeReplace: false }],
    );
    expect(stack.world.told()).toEqual(["create a", "create a", "delete a"]);
  });
});

describe("retainOnDelete", () => {
  test("forgets without asking the provider", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("a", {}, { retainOnDelete: true })));
    expect((await stack.up(async () => undefined)).told).toEqual(["discard a"]);
    expect(stack.entries()).toEqual([]);
    expect(stack.world.things.size).toBe(1);
  });

  test("leaves the replaced one, created first or last", async () => {
    for (const deleteBeforeReplace of [false, true]) {
      const { stack } = await change(
        [{ fixed: 1 }, { retainOnDelete: true }],
        [{ fixed: 2 }, { retainOnDelete: true, deleteBeforeReplace }],
      );
      expect(stack.world.told()).toEqual(["create a", "create a"]);
      expect(stack.entries()).toEqual(["a"]);
    }
  });
});

describe("deletedWith", () => {
  test("goes with its host: no call of its own, and only once the host is gone", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => {
      const host = await box("host");
      await box("guest", {}, { deletedWith: host.urn });
    });
    expect((await stack.destroy()).told).toEqual(["delete guest", "delete host"]);
    expect(stack.world.told().slice(2)).toEqual(["delete host"]);
    expect(stack.entries()).toEqual([]);
  });

  test("stays in the state when the host could not be deleted", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => {
      const host = await box("host");
      await box("guest", {}, { deletedWith: host.urn });
    });
    stack.world.before = () => {
      throw new Error("in use");
    };
    expect((await stack.destroy()).errors).toEqual(["host (toy:index:Box): delete failed: in use"]);
    expect(stack.entries().sort()).toEqual(["guest", "host"]);
  });

  test("is deleted for real when the host stays", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => {
      const host = await box("host");
      await box("guest", {}, { deletedWith: host.urn });
    });
    await stack.up(async ({ box }) => void (await box("host")));
    expect(stack.world.told().slice(2)).toEqual(["delete guest"]);
  });
});

describe("a child inherits from its parent", () => {
  const options = ["protect", "retainOnDelete"] as const;

  for (const option of options) {
    test(`${option}, unless it sets its own`, async () => {
      const stack = new Stack();
      await stack.up(async ({ group, box }) => {
        const outer = await group("outer", {}, { [option]: true });
        const inner = await group("inner", {}, { parent: outer.urn });
        await box("heir", {}, { parent: inner.urn });
        await box("free", {}, { parent: inner.urn, [option]: false });
      });
      expect([stack.entry("heir")[option], stack.entry("free")[option]]).toEqual([true, false]);
    });
  }

  test("deletedWith, but is not deleted with itself", async () => {
    const stack = new Stack();
    await stack.up(async ({ group, box }) => {
      const host = await box("host");
      const parent = await group("parent", {}, { deletedWith: host.urn });
      await box("heir", {}, { parent: parent.urn });
    });
    expect(stack.entry("heir").deletedWith).toBe(stack.entry("host").urn);
  });

  test("providers, by package", async () => {
    const stack = new Stack();
    await stack.up(async ({ provider, group, box }) => {
      const { reference } = await provider("mine", { region: "north" });
      const parent = await group("parent", {}, { providers: { toy: reference } });
      const nested = await group("nested", {}, { parent: parent.urn });
      await box("heir", {}, { parent: nested.urn });
      await box("other", {}, { parent: nested.urn, type: "metal:index:Box" });
    });
    expect(stack.entry("heir").provider).toContain("pulumi:providers:toy::mine::");
    expect(stack.entry("other").provider).toContain("pulumi:providers:metal::default::");
  });
});

describe("state is written although nothing is to be done", () => {
  const changes: [string, Wish, (entry: ReturnType<Stack["entry"]>) => unknown, unknown][] = [
    ["protect", { protect: true }, (entry) => entry.protect, true],
    ["retainOnDelete", { retainOnDelete: true }, (entry) => entry.retainOnDelete, true],
    ["dependencies", { dependencies: ["urn:pulumi:dev::shop::toy:index:Box::z"] }, (entry) => entry.dependencies.length, 1],
    [
      "property dependencies",
      { propertyDependencies: { x: ["urn:pulumi:dev::shop::toy:index:Box::z"] } },
      (entry) => entry.propertyDependencies["x"]?.length,
      1,
    ],
    ["deletedWith", { deletedWith: "urn:pulumi:dev::shop::toy:index:Box::z" }, (entry) => entry.deletedWith !== "", true],
    ["aliases", { aliases: [{ name: "former" }] }, (entry) => entry.aliases, ["urn:pulumi:dev::shop::toy:index:Box::former"]],
    [
      "additionalSecretOutputs",
      { additionalSecretOutputs: ["serial"] },
      (entry) => JSON.stringify(entry.outputs["serial"]),
      '"[secret]"',
    ],
  ];

  for (const [what, wish, value, expected] of changes) {
    test(`when ${what} changed`, async () => {
      const stack = new Stack();
      const program = (wish: Wish) =>
        stack.up(async ({ box }) => {
          await box("z");
          await box("a", { x: 1 }, wish);
        });
      await program({});
      expect(value(stack.entry("a"))).not.toEqual(expected);
      expect((await program(wish)).told).toEqual([]);
      expect(value(stack.entry("a"))).toEqual(expected);
    });
  }

  test("and not when nothing changed", async () => {
    const stack = new Stack();
    const program = () => stack.up(async ({ box }) => void (await box("a", { x: 1 }, { protect: true })));
    await program();
    const before = stack.entry("a");
    await program();
    expect(stack.entry("a")).toBe(before);
  });
});

describe("what can't be", () => {
  test("two resources with one URN, also when one is only read", async () => {
    const twice = await new Stack().up(async ({ box }) => void (await Promise.all([box("a"), box("a")])));
    expect(twice.errors).toEqual([
      expect.stringMatching(/duplicate resource URN "urn:pulumi:dev::shop::toy:index:Box::a".*another name/),
    ]);
    const readToo = await new Stack().up(async ({ box, read }) => void (await Promise.all([box("a"), read("a", "id-1")])));
    expect(readToo.errors).toEqual([expect.stringContaining("duplicate resource URN")]);
  });

  test("the same name under different parents is no duplicate", async () => {
    const { errors } = await new Stack().up(async ({ box, group }) => {
      const one = await group("one");
      await box("a");
      await box("a", {}, { parent: one.urn });
    });
    expect(errors).toEqual([]);
  });

  test("a parent that is not registered", async () => {
    const { errors } = await new Stack().up(
      async ({ box }) => void (await box("a", {}, { parent: "urn:pulumi:dev::shop::x:y:Z::p" })),
    );
    expect(errors).toEqual([expect.stringContaining("its parent urn:pulumi:dev::shop::x:y:Z::p is not registered")]);
  });

  test("a type that is none", async () => {
    const { errors } = await new Stack().up(async ({ box }) => void (await box("a", {}, { type: "Box" })));
    expect(errors).toEqual([expect.stringContaining('"Box" is not a resource type: write package:module:Name')]);
  });
});

describe("a component", () => {
  test("with changed inputs is an update that nobody is called for", async () => {
    const stack = new Stack();
    await stack.up(async ({ group }) => void (await group("g", { size: 1 })));
    const { told, steps } = await stack.up(async ({ group }) => void (await group("g", { size: 2 })));
    expect(told).toEqual(["update g"]);
    expect(steps.find((step) => step.name === "g")?.why).toBe("update because size 1 → 2");
    expect(stack.world.calls).toEqual([]);
  });

  test("puts its type into the URNs of its children, the stack does not", async () => {
    await new Stack().up(async ({ group, box }) => {
      const outer = await group("outer");
      const inner = await group("inner", {}, { parent: outer.urn });
      expect((await box("a", {}, { parent: inner.urn })).urn).toBe(`urn:pulumi:dev::shop::${GROUP}$${GROUP}$toy:index:Box::a`);
    });
  });

  test("keeps the outputs that it registers", async () => {
    const stack = new Stack();
    await stack.up(async ({ group, deployment }) => {
      const { urn } = await group("g");
      await deployment.registerOutputs(urn, { address: "here" });
    });
    expect(stack.entry("g").outputs).toEqual({ address: "here" });
  });
});
