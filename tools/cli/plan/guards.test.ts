import { expect, test } from "vitest";
import { modelledTypes, rehearsedCloud } from "@fairway/cloud";
import { unmodelledDataTypes } from "../../../rehearsal/cloud/models/unmodelled-data.ts";
import { STATEFUL } from "../../../infra/policies/lifecycle/stateful.ts";

const cloud = rehearsedCloud();
const guardOf = (type: string) => cloud(type.split(":")[0]!).describe(type).guarded;

test("what policies call stateful needs leave to be deleted, whether or not a model was written for it", () => {
  expect(Object.keys(STATEFUL).filter((type) => guardOf(type) === undefined)).toEqual([]);
});

test("the guards of unmodelled types are of types without a model: a model says it itself", () => {
  const modelled = new Set(modelledTypes());
  expect(unmodelledDataTypes().filter((type) => modelled.has(type))).toEqual([]);
});

test.each(["aws:sqs/queue:Queue", "aws:opensearch/domain:Domain", "random:index/randomPassword:RandomPassword"])(
  "%s holds what nothing brings back",
  (type) => expect(guardOf(type)).toBe("data"),
);

test("what nobody knows and holds nothing needs no leave", () => {
  expect([guardOf("aws:rds/parameterGroup:ParameterGroup"), guardOf("random:index/randomId:RandomId")]).toEqual([
    undefined,
    undefined,
  ]);
});
