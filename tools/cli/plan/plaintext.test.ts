import type { PlannedStep } from "@fairway/planner";
import { expect, test } from "vitest";
import { withoutPlaintext } from "./secrets.ts";

const step: PlannedStep = {
  op: "replace",
  urn: "urn:task",
  type: "aws:ecs/taskDefinition:TaskDefinition",
  name: "catalog",
  oldInputs: { family: "catalog", containerDefinitions: "[]" },
  newInputs: { family: "catalog", containerDefinitions: '[{"environment":[{"name":"TOKEN","value":"hunter2"}]}]' },
  replaceKeys: ["containerDefinitions"],
  detailedDiff: { containerDefinitions: { kind: "update", replace: true, known: "modelled" } },
  why: "replace because containerDefinitions [] → hunter2",
  known: "modelled",
  provider: false,
};

test("of a resource with a secret in plain text no changed value is told, only what changes", () => {
  const [shown] = withoutPlaintext([step], new Set(["urn:task"]));
  expect(JSON.stringify(shown)).not.toContain("hunter2");
  expect(shown!.why).toBe("replace because containerDefinitions changes; no value is shown, one is a secret");
  expect(shown!.newInputs).toMatchObject({ family: "catalog" });
});

test("others are shown as they are", () => {
  expect(withoutPlaintext([step], new Set(["urn:other"]))).toEqual([step]);
});
