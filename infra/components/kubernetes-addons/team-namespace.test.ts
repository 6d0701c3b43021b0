import { fileURLToPath } from "node:url";
import { rehearsedCloud } from "@fairway/cloud";
import { createTrials } from "@fairway/planner/testing";
import { afterAll, describe, expect, test } from "vitest";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());

const bringUp = (args: object) =>
  trials.run({ program: { module: fileURLToPath(new URL("../fixtures/team-namespace.ts", import.meta.url)), args } });

describe("a team's namespace", () => {
  test("has a quota for what its pods ask for, no other way in than the edge, and no priority of the system's", async () => {
    const { errors, ofType } = await bringUp({ quota: { cpu: 5 } });
    expect(errors).toEqual([]);
    const quotas = ofType("kubernetes:core/v1:ResourceQuota").map(({ inputs }) => inputs.spec);
    expect(quotas).toEqual([
      {
        hard: expect.objectContaining({
          "requests.cpu": "5",
          "limits.memory": "80Gi",
          "services.loadbalancers": "0",
          "services.nodeports": "0",
        }),
      },
      {
        hard: { pods: "0" },
        scopeSelector: {
          matchExpressions: [
            { scopeName: "PriorityClass", operator: "In", values: ["system-cluster-critical", "system-node-critical"] },
          ],
        },
      },
    ]);
  });

  test("is refused with a property that Kubernetes does not have, by its object, path and what is meant", async () => {
    const { ok, errors } = await bringUp({ spec: { scope: ["BestEffort"] } });
    expect(ok).toBe(false);
    expect(errors.join()).toMatch(
      /shopping-quota \(kubernetes:core\/v1:ResourceQuota\): spec\.scope: there is no such property\. Did you mean scopes/,
    );
  });

  test("is refused with a quantity that is none", async () => {
    const { errors } = await bringUp({ spec: { hard: { "requests.memory": "10GB" } } });
    expect(errors.join()).toMatch(/spec\.hard.*requests\.memory.*: "10GB" is not a quantity/);
  });
});
