import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { awsProvider, awsTypes } from "./provider.ts";

const aws = await awsProvider().configure({ region: "eu-west-1" });

describe("a made-up name", () => {
  const named = [...awsTypes.values()].flatMap(({ model }) => (model.autoName ? [{ type: model.type, ...model.autoName }] : []));

  test.each(named)(
    "of $type is never over $max characters: a longer Pulumi name is refused",
    async ({ type, property, max, prefix }) => {
      await fc.assert(
        // Pulumi names around the limit, where seven digits and their hyphen do or do not fit.
        fc.asyncProperty(fc.stringMatching(/^[0-9a-f]{1,64}$/), fc.integer({ min: max - 16, max }), async (seed, length) => {
          const name = "x".repeat(length);
          const { inputs, failures } = await aws.check({ urn: "u", type, name, oldInputs: undefined, newInputs: {}, seed });
          const refused = failures.some(
            ({ property: at, reason }) => at === property && reason.includes("Shorten the resource's name"),
          );
          const whole = (prefix ?? "").length + length + "-1234567".length;
          expect({ refused, length: refused ? whole : String(inputs[property]).length }).toEqual({
            refused: whole > max,
            length: whole,
          });
        }),
        { numRuns: 30 },
      );
    },
  );

  test("is kept by an update and fresh in a replacement", async () => {
    const request = { urn: "u", type: "aws:sns/topic:Topic", name: "page", newInputs: {} };
    const first = await aws.check({ ...request, oldInputs: undefined, seed: "aa" });
    expect((await aws.check({ ...request, oldInputs: first.inputs, seed: "bb" })).inputs).toEqual(first.inputs);
    expect((await aws.check({ ...request, oldInputs: undefined, seed: "bb" })).inputs.name).not.toBe(first.inputs.name);
  });

  test("follows a given prefix, and stays through updates", async () => {
    const type = "aws:iam/role:Role";
    const { id, outputs } = await aws.create({
      urn: "u",
      type,
      name: "r",
      inputs: { namePrefix: "task-", path: "/" },
      token: "",
      seed: "a",
    });
    expect(outputs.name).toMatch(/^task-[0-9a-f]{26}$/);
    expect(id).toBe(outputs.name);
    const inputs = { namePrefix: "task-", path: "/" };
    const updated = await aws.update({
      urn: "u",
      type,
      id,
      oldInputs: inputs,
      oldOutputs: outputs,
      newInputs: { ...inputs, description: "d" },
    });
    expect(updated).toMatchObject({ name: outputs.name, arn: outputs.arn, uniqueId: outputs.uniqueId, description: "d" });
  });
});
