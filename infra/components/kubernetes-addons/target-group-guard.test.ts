import { Environment } from "@marcbachmann/cel-js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ownTargetGroups } from "./target-group-guard.ts";

/** What the API server makes of the rule for a binding in a namespace: CEL itself, by another implementation. */
function admits(namespaces: Record<string, string>, namespace: string, targetGroup: string): boolean {
  const { variables, validations } = ownTargetGroups(namespaces);
  const cel = new Environment({ unlistedVariablesAreDyn: true });
  const object = {
    metadata: { namespace },
    spec: { targetGroupARN: `arn:aws:elasticloadbalancing:eu-west-1:222222222222:targetgroup/${targetGroup}/0123456789abcdef` },
  };
  const known: Record<string, unknown> = {};
  for (const { name, expression } of variables) known[name] = cel.evaluate(expression, { object, variables: known });
  return validations.every(({ expression }) => cel.evaluate(expression, { object, variables: known }) === true);
}

const owners = { catalog: "team-shopping", shop: "team-shopping", "shop-admin": "team-office" };

describe("a team's binding", () => {
  test.each([
    ["team-shopping", "catalog-1a2b3c4", true],
    ["team-office", "catalog-1a2b3c4", false],
    ["team-shopping", "shop-1a2b3c4", true],
    // Of two services with whose names it begins, the longer is meant.
    ["team-office", "shop-admin-1a2b3c4", true],
    ["team-shopping", "shop-admin-1a2b3c4", false],
    // What no service of the platform's is called.
    ["team-shopping", "catalogue-1a2b3c4", false],
    ["team-shopping", "legacy", false],
    ["team-shopping", "catalog", false],
  ])("in %s of target group %s is admitted: %s", (namespace, targetGroup, admitted) => {
    expect(admits(owners, namespace, targetGroup)).toBe(admitted);
  });

  test("of any service's target group is admitted in exactly one namespace, the owner's", () => {
    const name = fc.stringMatching(/^[a-c](-?[a-c]){0,3}$/);
    const team = fc.constantFrom("team-a", "team-b", "team-c");
    fc.assert(
      fc.property(fc.dictionary(name, team, { minKeys: 1, maxKeys: 6 }), fc.nat(), (namespaces, pick) => {
        const services = Object.keys(namespaces);
        const service = services[pick % services.length]!;
        const admitting = ["team-a", "team-b", "team-c"].filter((each) => admits(namespaces, each, `${service}-0123456`));
        expect(admitting).toEqual([namespaces[service]]);
      }),
    );
  });

  test("of nothing is admitted where no team has services", () => {
    expect(admits({}, "team-shopping", "catalog-1a2b3c4")).toBe(false);
  });
});
