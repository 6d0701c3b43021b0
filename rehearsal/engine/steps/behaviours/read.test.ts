import { describe, expect, test } from "vitest";
import { Secret, unknown } from "../../properties/value.ts";
import { Stack } from "../testing/program.ts";

function withOne(id = "box-1") {
  const stack = new Stack();
  stack.world.things.set(id, { type: "toy:index:Box", urn: "", inputs: { size: 7 }, token: "" });
  return stack;
}

describe("a read", () => {
  test("answers what is there, keeps it as external, and never deletes it", async () => {
    const stack = withOne();
    const { told } = await stack.up(async ({ read }) => {
      expect(await read("a", "box-1")).toMatchObject({ id: "box-1", outputs: { size: 7 } });
    });
    expect(told).toEqual(["read a"]);
    expect(stack.entry("a").external).toBe(true);
    expect((await stack.up(async () => undefined)).told).toEqual(["discard a"]);
    expect(stack.world.told()).toEqual(["read a"]);
    expect(stack.world.things.size).toBe(1);
  });

  test("of what is not there is an error", async () => {
    const { errors } = await withOne().up(async ({ read }) => void (await read("a", "box-2")));
    expect(errors).toEqual(['a (toy:index:Box): there is no resource with the id "box-2"']);
  });

  test("with an unknown id reaches nobody: all is unknown", async () => {
    const stack = withOne();
    const { errors } = await stack.preview(async ({ read }) => {
      expect(await read("a", unknown, { inputs: { hint: 1 } })).toMatchObject({ id: unknown, outputs: { hint: 1 } });
    });
    expect([errors, stack.world.calls]).toEqual([[], []]);
  });

  test("in a preview answers what the last run read, without asking", async () => {
    const stack = withOne();
    await stack.up(async ({ read }) => void (await read("a", "box-1")));
    await stack.preview(async ({ read }) => expect((await read("a", "box-1")).outputs).toMatchObject({ size: 7 }));
    expect(stack.world.told()).toEqual(["read a"]);
  });

  test("of what was managed lets go of it when the id is the same, and replaces it when it is another", async () => {
    const same = withOne();
    await same.up(async ({ box }) => void (await box("a")));
    const { id } = same.entry("a");
    expect((await same.up(async ({ read }) => void (await read("a", id)))).told).toEqual(["read a"]);
    expect(same.world.things.has(id)).toBe(true);

    const other = withOne();
    await other.up(async ({ box }) => void (await box("a")));
    const { told } = await other.up(async ({ read }) => void (await read("a", "box-1")));
    expect(told).toEqual(["read-replacement a", "delete-replaced a"]);
    expect([...other.world.things.keys()]).toEqual(["box-1"]);
  });

  test("that is managed now is made, and what was read stays", async () => {
    const stack = withOne();
    await stack.up(async ({ read }) => void (await read("a", "box-1")));
    const { told } = await stack.up(async ({ box }) => void (await box("a")));
    expect(told).toEqual(["replace a", "create-replacement a"]);
    expect(stack.world.things.size).toBe(2);
    expect(stack.entries()).toEqual(["a"]);
  });
});

describe("a stack reference", () => {
  const reference = { type: "pulumi:pulumi:StackReference", inputs: { name: "acme/network/dev" } };

  test("answers the producer's outputs; secret ones stay secret", async () => {
    const stack = new Stack();
    const waiting: string[] = [];
    await stack.up(
      async ({ read }) => {
        const { outputs } = await read("net", "acme/network/dev", reference);
        expect(outputs).toEqual({
          name: "acme/network/dev",
          outputs: { vpc: "vpc-1", key: new Secret("k"), list: [new Secret("x")] },
          // The SDK takes an output that is not named here for public, whatever is in it.
          secretOutputNames: ["key", "list"],
        });
      },
      {
        references: async () => ({ outputs: { vpc: "vpc-1", key: "k", list: [new Secret("x")] }, secretOutputNames: ["key"] }),
        onEvent: (event) => void (event.kind === "waiting" && waiting.push(event.reference)),
      },
    );
    expect(waiting).toEqual(["acme/network/dev"]);
    expect(stack.world.calls).toEqual([]);
  });

  test("to a stack that is not there names consumer and producer", async () => {
    const { errors } = await new Stack().up(async ({ read }) => void (await read("net", "acme/network/dev", reference)));
    expect(errors).toEqual([
      expect.stringMatching(/stack "acme\/shop\/dev" reads outputs of stack "acme\/network\/dev".*Bring that stack up first/),
    ]);
  });

  test("reads anew each time, and is not counted as a change", async () => {
    const stack = new Stack();
    for (const vpc of ["vpc-1", "vpc-2"]) {
      const { told } = await stack.up(
        async ({ read }) => expect((await read("net", "acme/network/dev", reference)).outputs["outputs"]).toEqual({ vpc }),
        { references: async () => ({ outputs: { vpc }, secretOutputNames: [] }) },
      );
      expect(told).toEqual([]);
    }
  });

  test("to itself keeps secret what its last run gave as secret", async () => {
    const stack = new Stack({ outputs: { url: "old", key: new Secret("k") } });
    await stack.up(async ({ read }) => {
      const { outputs } = await read("me", "acme/shop/dev", reference);
      expect(outputs["secretOutputNames"]).toEqual(["key"]);
    });
  });

  test("to itself answers what its last run gave", async () => {
    const stack = new Stack({ outputs: { url: "old" } });
    const { errors } = await stack.up(async ({ read }) => {
      expect((await read("me", "acme/shop/dev", reference)).outputs["outputs"]).toEqual({ url: "old" });
    });
    expect(errors).toEqual([]);
  });
});

describe("pulumi:pulumi:getResource", () => {
  const get = (urn: string) => ({ token: "pulumi:pulumi:getResource", args: { urn }, provider: "", version: "" });

  test("answers what this run registered, in previews with what is unknown", async () => {
    const stack = new Stack();
    const program = async ({ box, deployment }: Parameters<Parameters<Stack["up"]>[0]>[0]) => {
      const { urn, id, outputs } = await box("a", { size: 1 });
      expect((await deployment.invoke(get(urn))).result).toEqual({ urn, id, state: outputs });
    };
    expect((await stack.preview(program)).errors).toEqual([]);
    expect((await stack.up(program)).errors).toEqual([]);
  });

  test("answers what is in the state and not yet registered, and says when there is nothing", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("a", { size: 1 })));
    const { urn, id } = stack.entry("a");
    await stack.up(async ({ deployment }) => {
      expect((await deployment.invoke(get(urn))).result).toMatchObject({ urn, id, state: { size: 1 } });
      expect((await deployment.invoke(get("urn:x"))).failures).toEqual([
        { property: "urn", reason: expect.stringContaining("no resource urn:x") },
      ]);
    });
  });
});
