import { fileURLToPath } from "node:url";
import { rehearsedCloud } from "@fairway/cloud";
import { createTrials, type Trial } from "@fairway/planner/testing";
import type { PlannedResource } from "@fairway/resources";
import { environmentOf, pulumiConfig } from "@fairway/settings";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import settings from "../../platform.config.ts";
import { CASE, PASSES } from "./fixtures/cases.ts";
import { checkPolicies, policies, type Violation } from "./index.ts";

/** Programs that make components as they are and as they must not be: see `fixtures/cases.ts`. */
const FIXTURES = ["tasks", "edge", "data", "kubernetes"] as const;

/** Policies that take nothing of a type: no user and no key can be made so that it passes. Roles do, which the fixtures have. */
const TYPES_REFUSED = ["no-standing-keys"];

const production = environmentOf(settings, "production");
const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());

/** A violation, and under which case the resource stands. */
interface Judged extends Violation {
  of: string;
}

const planned = new Map<string, Trial>();
const judged: Judged[] = [];
const made: { of: string; type: string }[] = [];

beforeAll(async () => {
  const config = Object.entries(pulumiConfig(settings, production).config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  for (const fixture of FIXTURES) {
    const module = fileURLToPath(new URL(`fixtures/${fixture}.ts`, import.meta.url));
    const trial = await trials.run({
      program: { module, args: settings },
      project: fixture,
      stack: production.name,
      config: Object.fromEntries(config),
    });
    planned.set(fixture, trial);
    const caseOf = casesIn(trial.resources);
    made.push(...trial.resources.map(({ urn, type }) => ({ of: caseOf(urn), type })));
    const report = checkPolicies({
      resources: trial.resources,
      platform: settings,
      scope: production,
      waivers: [],
      today: "2026-11-23",
    });
    judged.push(...report.violations.map((violation) => ({ ...violation, of: caseOf(violation.urn) })));
  }
}, 60_000);

/** The case that a resource stands under, however deep: a policy's name, or `passes`. */
function casesIn(resources: readonly PlannedResource[]) {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  return function caseOf(urn: string): string {
    const resource = byUrn.get(urn);
    if (resource === undefined) return "none";
    return resource.type === CASE ? resource.name.replace(/-\d+$/, "") : caseOf(resource.parent);
  };
}

const sentence = ({ policy, name, type, message }: Violation) => `${policy}: ${type.split(":").at(-1)} ${name}: ${message}`;

test.each(FIXTURES)("the cases of %s can be planned", (fixture) => {
  expect(planned.get(fixture)?.errors).toEqual([]);
});

test("components as they are satisfy every policy", () => {
  expect(judged.filter(({ of }) => of === PASSES).map(sentence)).toEqual([]);
});

describe.each(policies.map(({ name }) => name))("%s", (policy) => {
  const own = () => judged.filter(({ of }) => of === policy);

  test("refuses what breaks it, and no other policy has anything against that", () => {
    expect(own().length, "no fixture breaks this policy: add a case to fixtures/").toBeGreaterThan(0);
    expect(
      own()
        .filter((violation) => violation.policy !== policy)
        .map(sentence),
    ).toEqual([]);
  });

  test.skipIf(TYPES_REFUSED.includes(policy))("takes another resource of a type that it refuses", () => {
    const refused = new Set(own().map(({ type }) => type));
    expect(made.filter(({ of, type }) => of === PASSES && refused.has(type)).length).toBeGreaterThan(0);
  });
});

test("every case that should break a policy does", () => {
  const broken = new Set(judged.map(({ of, urn }) => `${of} ${urn}`));
  const idle = [...planned.values()].flatMap(({ resources }) =>
    resources
      .filter(({ type, name }) => type === CASE && !name.startsWith(PASSES))
      .filter(({ name, urn }) => !isBroken(resources, urn, name.replace(/-\d+$/, "")))
      .map(({ name }) => name),
  );
  expect(idle).toEqual([]);

  function isBroken(resources: PlannedResource[], root: string, policy: string): boolean {
    return resources.some((resource) => below(resources, resource, root) && broken.has(`${policy} ${resource.urn}`));
  }
});

describe("what is not known yet", () => {
  /** Of each resource a share of the inputs, which the plan does not know. */
  function hidden(resource: PlannedResource, hides: (property: string) => boolean): PlannedResource {
    const { inputs, unknowns } = resource;
    const known = Object.entries(inputs).filter(([property]) => !hides(property));
    const missing = Object.keys(inputs).filter(hides);
    return { ...resource, inputs: Object.fromEntries(known), outputs: {}, unknowns: [...unknowns, ...missing] };
  }

  const SHARES: [string, (property: string) => boolean][] = [
    ["nothing of them", () => true],
    ["their first properties by name", (property) => property < "l"],
    ["their last properties by name", (property) => property >= "l"],
  ];

  test.each(SHARES)("is not judged: with %s hidden, nothing is refused that was not", (_, hides) => {
    const refused = new Set(judged.map(({ policy, urn }) => `${policy} ${urn}`));
    for (const { resources } of planned.values()) {
      const report = checkPolicies({
        resources: resources.map((resource) => hidden(resource, hides)),
        platform: settings,
        scope: production,
        waivers: [],
        today: "2026-11-23",
      });
      expect(report.violations.filter(({ policy, urn }) => !refused.has(`${policy} ${urn}`)).map(sentence)).toEqual([]);
    }
  });
});

function below(resources: PlannedResource[], resource: PlannedResource, root: string): boolean {
  if (resource.urn === root) return true;
  const parent = resources.find(({ urn }) => urn === resource.parent);
  return parent !== undefined && below(resources, parent, root);
}
