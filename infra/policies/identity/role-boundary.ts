import { permissionsBoundary } from "@fairway/settings";
import { text, unknown } from "../reading/values.ts";
import type { Policy } from "../types.ts";

export const roleBoundary: Policy = {
  name: "role-boundary",
  title: "Every role carries the scope's permissions boundary",
  why: "Who may create roles may grant itself anything through one, unless each is bounded; deploy roles can create no other.",
  fix: "Give the role `path` and `permissionsBoundary` of `roleDefaults(platform, scope, team)`.",
  severity: "mandatory",
  check: (plan) => {
    const { arn } = permissionsBoundary(plan.platform, plan.scope);
    // CI's roles are made by an administrator with the account stack, each with a boundary of its own kind: what it is allowed.
    const ci = `/${plan.platform.name}/ci/`;
    return plan.each("aws:iam/role:Role", (role) => {
      if (text(role.inputs.path) === ci || unknown(role, "permissionsBoundary")) return undefined;
      const carried = text(role.inputs.permissionsBoundary);
      if (carried === undefined) return `has no permissionsBoundary: ${arn} is wanted`;
      return carried === arn ? undefined : `permissionsBoundary is ${carried}, not ${arn}`;
    });
  },
};
