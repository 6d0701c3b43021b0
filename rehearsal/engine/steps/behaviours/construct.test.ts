import { describe, expect, test } from "vitest";
import { Secret, unknown } from "../../properties/value.ts";
import { GROUP, Stack, type ToyProgram } from "../testing/program.ts";

const remote = { remote: true, version: "3.1.0" };
const program: ToyProgram = async ({ group }) => void (await group("net", { size: 2 }, remote));

function withConstruct() {
  const stack = new Stack();
  stack.world.construct = async ({ name, inputs, version }, host) => {
    const first = await host.register({ type: "toy:index:Box", name, inputs: { size: inputs["size"]! }, version });
    const second = await host.register({
      type: "toy:index:Box",
      name: `${name}-2`,
      parent: first.urn,
      inputs: { of: first.outputs["serial"]! },
      propertyDependencies: { of: [first.urn] },
      dependencies: [first.urn],
    });
    return { outputs: { serial: second.outputs["serial"]! }, outputDependencies: { serial: [second.urn] } };
  };
  return stack;
}

describe("a remote component", () => {
  test("is registered first, then its provider registers what is in it by the same way", async () => {
    const stack = withConstruct();
    const { told } = await stack.up(async ({ group }) => {
      const result = await group("net", { size: 2 }, remote);
      expect(result.outputs).toEqual({ serial: stack.entry("net-2").id });
      expect(result.outputDependencies).toEqual({ serial: [stack.entry("net-2").urn] });
    });
    expect(told).toEqual(["create net", "create net", "create net-2"]);
    const child = `urn:pulumi:dev::shop::${GROUP}$toy:index:Box::net`;
    expect(stack.entry("net-2")).toMatchObject({
      parent: child,
      urn: expect.stringContaining(`${GROUP}$toy:index:Box$toy:index:Box::net-2`),
    });
    expect(stack.state.resources().find((entry) => entry.urn === child)?.provider).toContain("default_3_1_0");
    expect((await stack.up(program)).told).toEqual([]);
    expect((await stack.destroy()).told).toEqual(["delete net-2", "delete net", "delete net"]);
  });

  test("sees unknown outputs of its children in previews", async () => {
    const stack = withConstruct();
    const { errors } = await stack.preview(async ({ group }) => {
      expect((await group("net", { size: 2 }, remote)).outputs["serial"]).toBe(unknown);
    });
    expect(errors).toEqual([]);
    expect(stack.world.calls).toEqual([]);
  });

  test("hands its secrets on as secrets, although its provider sees none", async () => {
    const stack = withConstruct();
    await stack.up(async ({ group }) => void (await group("net", { size: new Secret("enormous") }, remote)));
    const child = stack.state.resources().find((entry) => entry.name === "net" && entry.custom);
    expect(child?.inputs["size"]).toBeInstanceOf(Secret);
  });

  test("of a package that makes none is refused by name", async () => {
    const { errors } = await new Stack().up(program);
    expect(errors).toEqual([expect.stringContaining("net (toy:index:Group): package toy makes no components here")]);
  });
});
