import type { PlannedResource } from "@fairway/resources";
import { ciRole, permissionsBoundary } from "@fairway/settings";
import type { Plan } from "../reading/plan.ts";
import { text, unknown } from "../reading/values.ts";
import type { Policy } from "../types.ts";

/** The program that an administrator updates, and CI does not. */
const ADMINISTRATORS = "account";

export const roleBoundary: Policy = {
  name: "role-boundary",
  title: "Every role carries the scope's permissions boundary",
  why: "Who may create roles may grant itself anything through one, unless each is bounded; deploy roles can create no other.",
  fix: "Give the role `path` and `permissionsBoundary` of `roleDefaults(platform, scope, team)`.",
  severity: "mandatory",
  check: (plan) => {
    const { arn } = permissionsBoundary(plan.platform, plan.scope);
    return plan.each("aws:iam/role:Role", (role) => {
      if (isOfCi(plan, role) || unknown(role, "permissionsBoundary")) return undefined;
      const carried = text(role.inputs.permissionsBoundary);
      if (carried === undefined) return `has no permissionsBoundary: ${arn} is wanted`;
      return carried === arn ? undefined : `permissionsBoundary is ${carried}, not ${arn}`;
    });
  },
};

/**
 * CI's roles are made by an administrator with the account stack: what they are allowed is written there. A role on their path that
 * another program makes is none of them.
 */
function isOfCi({ platform, scope }: Plan, { inputs, project }: PlannedResource): boolean {
  const { arn, name } = ciRole(platform, scope, "publish");
  const path = arn.slice(arn.indexOf(":role/") + ":role".length, -name.length);
  return project === ADMINISTRATORS && text(inputs.path) === path;
}
