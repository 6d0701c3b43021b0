import { expect, test } from "vitest";
import { awsModels } from "../models.ts";
import { schemaFromSdk } from "./read-sdk.ts";
import { schemaOf } from "./schema.ts";

test("schema.json says of every modelled type what the installed @pulumi/aws says; after an upgrade run write.ts", () => {
  const types = awsModels.map(({ type }) => type);
  const written = Object.fromEntries(types.map((type) => [type, schemaOf(type)]));
  expect(written).toEqual(Object.fromEntries(types.map((type) => [type, schemaFromSdk(type)])));
});

test("models name only properties that their types have", () => {
  const misnamed = awsModels.flatMap(({ type, rules, defaults, same, recomputed, autoName }) => {
    const { inputs, outputs } = schemaOf(type);
    const asInputs = [...Object.keys({ ...rules, ...defaults, ...same }), ...Object.values(recomputed ?? {}).flat()];
    const asAny = [...Object.keys(recomputed ?? {}), ...(autoName ? [autoName.property] : [])];
    const unknownNames = [
      ...asInputs.filter((name) => !inputs.includes(name)),
      ...asAny.filter((name) => ![...inputs, ...outputs].includes(name)),
    ];
    return unknownNames.map((name) => `${type} ${name}`);
  });
  expect(misnamed).toEqual([]);
});
