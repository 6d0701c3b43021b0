import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, test } from "vitest";
import { createRunner } from "../host/runner.ts";
import { fixture, request } from "../host/testing/request.ts";
import { Asset, ResourceReference, Secret, unknown } from "../properties/value.ts";
import { run } from "../run.ts";
import type { Step } from "../types.ts";
import { stepToJson, stepsToJson } from "./step-to-json.ts";

const schema = JSON.parse(readFileSync(new URL("./plan-schema.json", import.meta.url), "utf8")) as object;
const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
ajv.addSchema(schema, "plan");
const validPlan = ajv.compile({ $ref: "plan" });
const validSteps = ajv.compile({ $ref: "plan#/$defs/steps" });

const runner = createRunner({ cwd: import.meta.dirname });
afterAll(() => runner.close());

const STEP: Step = {
  op: "replace",
  urn: "urn:pulumi:staging::test::toy:index:Thing::b",
  type: "toy:index:Thing",
  name: "b",
  oldInputs: { size: 1 },
  newInputs: {
    size: 2,
    key: new Secret("hidden"),
    later: unknown,
    other: new ResourceReference("urn:pulumi:x", "id"),
    file: new Asset("asset", "ab12", { text: "in" }),
  },
  replaceKeys: ["size"],
  detailedDiff: { size: { kind: "update", replace: true, known: "modelled", source: "the toy's book" } },
  why: "replace because size 1 → 2",
  known: "modelled",
  guarded: "data",
  provider: false,
};

describe("a step as JSON", () => {
  test("shows no secret and no unknown, and files by their hash", () => {
    expect(stepToJson(STEP)["newInputs"]).toEqual({
      file: { asset: "ab12" },
      key: "[secret]",
      later: "[unknown]",
      other: { resource: "urn:pulumi:x" },
      size: 2,
    });
    expect(JSON.stringify(stepToJson(STEP))).not.toMatch(/hidden|"in"/);
  });

  test("is the same text whatever order its properties were given in", () => {
    const turned = { ...STEP, newInputs: Object.fromEntries(Object.entries(STEP.newInputs!).toReversed()) };
    expect(JSON.stringify(stepToJson(turned))).toBe(JSON.stringify(stepToJson(STEP)));
  });

  test("is listed by URN", () => {
    const steps = ["c", "a", "b"].map((name) => ({ ...STEP, name, urn: `urn:pulumi:staging::test::toy:index:Thing::${name}` }));
    expect(stepsToJson(steps).map(({ name }) => name)).toEqual(["a", "b", "c"]);
  });
});

describe("the published schema", () => {
  test("describes the steps of real programs: created, unchanged, deleted, read, with secrets, files and unknowns", async () => {
    const first = await run(request(fixture("good/shrinks", { names: ["a", "b"] }), { runner }));
    const runs = await Promise.all([
      run(request(fixture("good/shrinks", { names: ["a", "c"] }), { runner, state: first.state, mode: "preview" })),
      ...["secrets", "reference", "assets", "reads", "applies", "dependencies"].map((name) =>
        run(request(fixture(`good/${name}`), { runner, mode: "preview" })),
      ),
    ]);
    const steps = runs.flatMap((result) => stepsToJson(result.steps));
    expect(new Set(steps.map(({ op }) => op))).toEqual(new Set(["create", "same", "delete", "read"]));
    expect(validSteps(steps) || validSteps.errors).toBe(true);

    const plan = {
      version: 1,
      base: null,
      guarded: [],
      environments: { staging: { test: { ok: true, steps, findings: [], diagnostics: [] } } },
    };
    expect(validPlan(plan) || validPlan.errors).toBe(true);
  });

  test("accepts what a replacement looks like", () => {
    expect(validSteps([stepToJson(STEP)]) || validSteps.errors).toBe(true);
  });

  test.each([
    ["an operation that there is not", { op: "explode" }],
    ["a key that there is not", { extra: 1 }],
    ["no reason", { why: undefined }],
  ])("refuses %s", (_, change) => {
    expect(validSteps([JSON.parse(JSON.stringify({ ...stepToJson(STEP), ...change })) as object])).toBe(false);
  });
});
