import { describe, expect, test } from "vitest";
import { Secret } from "../../properties/value.ts";
import type { PropertyMap } from "../../properties/value.ts";
import { Stack, type ToyProgram } from "../testing/program.ts";

const password = new Secret("hunter2-hunter2");
const invocation = (args: PropertyMap) => ({ token: "toy:index:getThing", args, provider: "", version: "" });

describe("a secret", () => {
  test("never reaches the provider as such, and is secret again in the output of the same key", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => {
      const { outputs } = await box("a", { password });
      expect(outputs["password"]).toEqual(password);
    });
    expect(stack.world.calls[0]?.inputs["password"]).toBe("hunter2-hunter2");
    expect(stack.entry("a").inputs["password"]).toBeInstanceOf(Secret);
    expect(stack.entry("a").outputs["serial"]).toBe(stack.entry("a").id);
  });

  test("marks any output that contains its text, also inside JSON", async () => {
    const stack = new Stack();
    const quoted = new Secret('with "quotes"');
    await stack.up(async ({ box }) => {
      const { outputs } = await box("a", {
        password,
        quoted,
        url: "toy://me:hunter2-hunter2@host",
        nested: { json: '{"p":"with \\"quotes\\""}' },
      });
      expect(JSON.stringify([outputs["url"], outputs["nested"]])).toBe('["[secret]",{"json":"[secret]"}]');
    });
  });

  test("of a few characters marks only what is exactly it", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => {
      const { outputs } = await box("a", { pin: new Secret("12"), same: "12", other: "x12" });
      expect(JSON.stringify([outputs["same"], outputs["other"]])).toBe('["[secret]","x12"]');
    });
  });

  test("inside a map stays where it is", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("a", { env: { USER: "me", PASSWORD: password } })));
    expect(JSON.stringify(stack.entry("a").outputs["env"])).toBe('{"USER":"me","PASSWORD":"[secret]"}');
  });

  test("is what additionalSecretOutputs and the provider's description name", async () => {
    const stack = new Stack();
    stack.world.descriptions = { "toy:index:Box": { model: "modelled", secretOutputs: ["touched"] } };
    await stack.up(async ({ box }) => void (await box("a", {}, { additionalSecretOutputs: ["serial"] })));
    const { outputs } = stack.entry("a");
    expect([outputs["serial"], outputs["touched"]].every((value) => value instanceof Secret)).toBe(true);
  });

  test("that becomes one, or stops being one, is written to state although nothing is to be done", async () => {
    const stack = new Stack();
    const program = (value: string | Secret) => stack.up(async ({ box }) => void (await box("a", { password: value })));
    await program("hunter2-hunter2");
    expect((await program(password)).told).toEqual([]);
    expect(stack.entry("a").inputs["password"]).toBeInstanceOf(Secret);
    expect(stack.entry("a").outputs["password"]).toBeInstanceOf(Secret);
    expect((await program("hunter2-hunter2")).told).toEqual([]);
    expect(stack.entry("a").outputs["password"]).toBe("hunter2-hunter2");
    expect(stack.world.told()).toEqual(["create a"]);
  });

  test("that was plain before is not told in a plan as it was", async () => {
    const stack = new Stack();
    await stack.up(async ({ box, group }) => {
      await box("a", { password: "hunter2-hunter2", fixed: "x" });
      await box("b", { password: "hunter2-hunter2", fixed: "x" });
      await group("g", { password: "hunter2-hunter2" });
    });
    const { steps } = await stack.preview(async ({ box, group }) => {
      await box("a", { password, size: 1, fixed: "x" });
      await box("b", { password, fixed: "y" });
      await group("g", { password });
    });
    expect(steps.map(({ op }) => op)).toEqual(expect.arrayContaining(["update", "replace", "create-replacement"]));
    expect(JSON.stringify(steps)).not.toContain("hunter2");
  });

  test("is taken out of what a provider says when it refuses", async () => {
    const stack = new Stack();
    stack.world.before = () => {
      throw new Error("hunter2-hunter2 is too short");
    };
    const { errors } = await stack.up(async ({ box }) => void (await box("a", { password })));
    expect(errors).toEqual(["a (toy:index:Box): create failed: [secret] is too short"]);
  });

  test("is taken out of whatever else a provider throws", async () => {
    const quoting = (call: { kind: string; inputs: object }) => {
      throw new Error(`${call.kind} can't use ${JSON.stringify(call.inputs)}`);
    };
    const programs: [kind: string, program: ToyProgram][] = [
      ["construct", async ({ group }) => void (await group("g", { password }, { remote: true }))],
      ["read", async ({ read }) => void (await read("a", "id", { inputs: { password } }))],
      ["invoke", async ({ deployment }) => void (await deployment.invoke(invocation({ password })))],
    ];
    for (const [kind, program] of programs) {
      const stack = new Stack();
      stack.world.before = quoting;
      stack.world.construct = async ({ inputs }) => quoting({ kind: "construct", inputs });
      const { errors } = await stack.up(program);
      expect(errors).toEqual([expect.stringContaining(`${kind} can't use`)]);
      expect(errors.join()).not.toContain("hunter2");
    }
  });

  test("in the configuration of a default provider is taken out of its error, which is told once", async () => {
    const stack = new Stack();
    const unusable = async () => Promise.reject(new Error("hunter2-hunter2 is no token"));
    const { errors, deployment } = await stack.up(async ({ box }) => void (await Promise.allSettled([box("a"), box("b")])), {
      config: { "toy:token": "hunter2-hunter2" },
      secretKeys: ["toy:token"],
      providers: (name) => ({ ...stack.world.provider(name), configure: unusable }),
    });
    expect(errors).toEqual([expect.stringContaining("[secret] is no token")]);
    expect(deployment.diagnostics).toHaveLength(1);
  });

  test("is taken out of what a diff throws, the old one too", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("a", { password })));
    const { errors } = await stack.up(async ({ box }) => void (await box("a", { password: new Secret("other-secret") })), {
      providers: (name) => {
        const provider = stack.world.provider(name);
        const diff = async (request: object) => Promise.reject(new Error(`can't compare ${JSON.stringify(request)}`));
        return { ...provider, configure: async () => ({ ...provider, diff }) };
      },
    });
    expect(errors).toEqual([expect.stringContaining("can't compare")]);
    expect(errors.join()).not.toMatch(/hunter2|other-secret/);
  });

  test("is taken out of why a function refuses its arguments", async () => {
    const stack = new Stack();
    const refusing = async () => ({ result: {}, failures: [{ property: "password", reason: '"hunter2-hunter2" is too short' }] });
    await stack.up(
      async ({ deployment }) => {
        const { failures } = await deployment.invoke(invocation({ password }));
        expect(failures).toEqual([{ property: "password", reason: '"[secret]" is too short' }]);
      },
      {
        providers: (name) => {
          const provider = stack.world.provider(name);
          return { ...provider, configure: async () => ({ ...provider, invoke: refusing }) };
        },
      },
    );
  });

  test("is never told in a plan", async () => {
    const stack = new Stack();
    await stack.up(async ({ box }) => void (await box("a", { password, env: new Secret({ KEY: "k-1234567" }) })));
    const next = { password: new Secret("other-secret"), env: new Secret({ KEY: "k-7654321" }) };
    const { steps } = await stack.preview(async ({ box }) => void (await box("a", next)));
    const text = JSON.stringify(steps);
    for (const secret of ["hunter2", "other-secret", "k-1234567", "k-7654321"]) expect(text).not.toContain(secret);
    expect(steps.find((step) => step.op === "update")?.why).toContain("password [secret] → [secret]");
  });
});
