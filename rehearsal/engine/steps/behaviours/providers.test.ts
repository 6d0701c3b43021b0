import { describe, expect, test } from "vitest";
import { Stack, type ToyProgram } from "../testing/program.ts";
import { unknown } from "../../properties/value.ts";

const boxOf =
  (version: string): ToyProgram =>
  async ({ box }) =>
    void (await box("a", {}, { version }));

describe("a default provider", () => {
  test("is registered once a package and version, from the package's configuration", async () => {
    const stack = new Stack();
    const { steps } = await stack.up(
      async ({ box }) =>
        void (await Promise.all([box("a", {}, { version: "1.2.3" }), box("b", {}, { version: "1.2.3" }), box("c")])),
      { config: { "toy:region": "north", "toy:key": "hunter22", "other:region": "south" }, secretKeys: ["toy:key"] },
    );
    expect(steps.filter((step) => step.provider).map((step) => `${step.op} ${step.name}`)).toEqual([
      "create default_1_2_3",
      "create default",
    ]);
    const provider = stack.state.resources().find((entry) => entry.name === "default_1_2_3")!;
    expect(JSON.stringify(provider.inputs)).toBe('{"key":"[secret]","region":"north"}');
    expect(stack.entry("a").provider).toBe(`urn:pulumi:dev::shop::pulumi:providers:toy::default_1_2_3::${provider.id}`);
    expect(provider.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  test("of a newer SDK changes nothing of its resources; the old one goes at the end", async () => {
    const stack = new Stack();
    await stack.up(boxOf("1.0.0"));
    const { told, steps } = await stack.up(boxOf("1.1.0"));
    expect(told).toEqual([]);
    expect(steps.filter((step) => step.provider).map((step) => `${step.op} ${step.name}`)).toEqual([
      "create default_1_1_0",
      "delete default_1_0_0",
    ]);
    expect(stack.entry("a").provider).toContain("default_1_1_0");
    expect(stack.world.told()).toEqual(["create a"]);
  });

  test("whose configuration can't be used is refused with the provider's reason, once", async () => {
    const { errors, deployment } = await new Stack().up(
      async ({ box }) => void (await Promise.allSettled([box("a"), box("b")]).then(() => box("c"))),
      { config: { "toy:region": "nowhere" } },
    );
    expect(deployment.diagnostics).toHaveLength(1);
    errors.splice(0, 1); // what the third box was told: the deployment has failed
    expect(errors).toEqual(["default (pulumi:providers:toy): region: there is no such region"]);
  });
});

describe("another provider configuration", () => {
  test("replaces what it manages when diffConfig says so", async () => {
    const stack = new Stack();
    await stack.up(boxOf("1.0.0"), { config: { "toy:region": "north" } });
    const { told, steps } = await stack.up(boxOf("1.0.0"), { config: { "toy:region": "south" } });
    expect(told).toEqual(["replace a", "create-replacement a", "delete-replaced a"]);
    expect(steps.find((step) => step.op === "replace" && step.name === "a")).toMatchObject({
      replaceKeys: ["provider"],
      why: "replace because its provider's region north → south",
    });
  });

  test("changes nothing of it when diffConfig does not say so", async () => {
    const stack = new Stack();
    await stack.up(boxOf("1.0.0"), { config: { "toy:colour": "red" } });
    expect((await stack.up(boxOf("1.0.0"), { config: { "toy:colour": "blue" } })).told).toEqual([]);
    expect((await stack.up(boxOf("2.0.0"), { config: { "toy:colour": "green" } })).told).toEqual([]);
  });
});

describe("an explicit provider", () => {
  const program =
    (region: string, name = "mine"): ToyProgram =>
    async ({ provider, box }) => {
      const { reference } = await provider(name, { region });
      await box("a", {}, { provider: reference });
    };

  test("manages what names it, in previews too", async () => {
    const stack = new Stack();
    expect((await stack.preview(program("north"))).errors).toEqual([]);
    await stack.up(program("north"));
    expect(stack.entry("a").provider).toContain("::mine::");
    expect((await stack.up(program("north"))).steps.every((step) => step.op === "same")).toBe(true);
  });

  test("that is replaced replaces what it manages, in previews too", async () => {
    const stack = new Stack();
    await stack.up(program("north"));
    expect((await stack.preview(program("south"))).told).toEqual(["replace a", "create-replacement a", "delete-replaced a"]);
    expect((await stack.up(program("south"))).told).toEqual(["replace a", "create-replacement a", "delete-replaced a"]);
    expect(stack.state.resources().filter((entry) => entry.name === "mine")).toHaveLength(1);
  });

  test("that is exchanged for an equal one changes nothing", async () => {
    const stack = new Stack();
    await stack.up(program("north"));
    expect((await stack.up(program("north", "other"))).told).toEqual([]);
    expect(stack.entry("a").provider).toContain("::other::");
  });

  test("is deleted after what it manages, which it deletes itself", async () => {
    const stack = new Stack();
    await stack.up(program("north"));
    const { steps, errors } = await stack.destroy();
    expect(errors).toEqual([]);
    expect(steps.map((step) => `${step.op} ${step.name}`)).toEqual(["delete a", "delete mine", "delete shop-dev"]);
  });

  test("with a configuration that only the update will know does not stop a preview", async () => {
    const stack = new Stack();
    const { errors, told } = await stack.preview(async ({ provider, box }) => {
      const { reference } = await provider("mine", { region: unknown });
      await box("a", {}, { provider: reference });
    });
    expect([errors, told]).toEqual([[], ["create a"]]);
  });

  test("that is not registered is refused", async () => {
    const { errors } = await new Stack().up(
      async ({ box }) => void (await box("a", {}, { provider: "urn:pulumi:dev::shop::pulumi:providers:toy::x::1" })),
    );
    expect(errors).toEqual([expect.stringContaining("is not registered: register it before what it manages")]);
  });
});

describe("a function of a package", () => {
  test("is answered by its provider, configured", async () => {
    await new Stack().up(
      async ({ deployment }) => {
        const answer = await deployment.invoke({ token: "toy:index:getThing", args: { x: 1 }, provider: "", version: "" });
        expect(answer).toEqual({ result: { x: 1, region: "north" }, failures: [] });
      },
      { config: { "toy:region": "north" } },
    );
  });

  test("names the argument that is wrong", async () => {
    await new Stack().up(async ({ deployment }) => {
      const { failures } = await deployment.invoke({
        token: "toy:index:getThing",
        args: { bad: true },
        provider: "",
        version: "",
      });
      expect(failures).toEqual([{ property: "bad", reason: "must not be set" }]);
    });
  });

  test("with an unknown argument reaches nobody", async () => {
    const stack = new Stack();
    await stack.preview(async ({ deployment }) => {
      const { result } = await deployment.invoke({
        token: "toy:index:getThing",
        args: { x: unknown },
        provider: "",
        version: "",
      });
      expect(result).toEqual({});
    });
    expect(stack.world.calls).toEqual([]);
  });
});
