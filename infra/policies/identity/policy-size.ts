import { POLICY_LIMITS, policySize, type PolicyKind } from "@fairway/iam";
import { maps, text, unknown } from "../reading/values.ts";
import type { Policy } from "../types.ts";

const INLINE = "aws:iam/rolePolicy:RolePolicy";

export const policySizes: Policy = {
  name: "policy-size",
  title: "Policies fit into what IAM takes: a role's own together, a managed one, a trust",
  why: "IAM refuses the one that is too much in the middle of an update, and which one that is depends on their order.",
  fix: "Name resources by pattern, join statements that differ only in resources, or move some into a managed policy.",
  severity: "mandatory",
  check: (plan) => [
    ...plan.each("aws:iam/role:Role", (role) => {
      // Those that are not known yet can only make it more.
      const beside = plan.pointingAt(role, INLINE, "role").filter((policy) => !unknown(policy, "policy"));
      // After a refresh a role lists the policies beside it as its own: by name they count once.
      const inline = new Map(
        [...maps(role.inputs.inlinePolicies), ...beside.map(({ inputs, outputs }) => ({ ...outputs, ...inputs }))].map(
          ({ name, policy }, index) => [text(name) ?? index, text(policy) ?? ""],
        ),
      );
      return [
        ...tooLarge("role policies", "its own policies together have", [...inline.values()]),
        ...tooLarge("trust policy", "assumeRolePolicy has", text(role.inputs.assumeRolePolicy) ?? []),
      ];
    }),
    ...plan.each("aws:iam/policy:Policy", ({ inputs }) => tooLarge("managed policy", "policy has", text(inputs.policy) ?? [])),
  ],
};

function tooLarge(kind: PolicyKind, what: string, documents: string | string[]): string[] {
  const size = policySize(...[documents].flat());
  const limit = POLICY_LIMITS[kind];
  return size <= limit ? [] : [`${what} ${size} characters without white space, where IAM takes ${limit}`];
}
