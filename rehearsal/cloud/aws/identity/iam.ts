import { isMap, type PropertyMap } from "@fairway/engine";
import type { Fail, Model } from "../../models/model.ts";
import { parseJson, policyDocument, sameJson } from "../../rules/policy.ts";
import { arnOf, between, text } from "../../rules/text.ts";
import { capitals, globalArn, text as textOf } from "../names.ts";

/** IAM quotas and names (IAM user guide, "IAM and AWS STS quotas"). */
const name = (max: number) => text({ min: 1, max, pattern: /^[\w+=,.@-]+$/, allowed: "letters, digits and _ + = , . @ -" });
const path = text({ max: 512, pattern: /^\/([!-~]+\/)?$/, allowed: "a path that begins and ends with /" });

/** IAM's resources have no region; the time of their making is none, so that a rehearsal is the same every time. */
const CREATED = "2026-01-01T00:00:00Z";

export const iamModels: Model[] = [
  {
    type: "aws:iam/role:Role",
    autoName: { property: "name", max: 64 },
    defaults: { path: "/", maxSessionDuration: 3600, forceDetachPolicies: false },
    rules: {
      name: name(64),
      namePrefix: name(38),
      path,
      description: text({ max: 1000 }),
      maxSessionDuration: between(3600, 43_200, "seconds"),
      permissionsBoundary: arnOf("iam"),
      assumeRolePolicy: policyDocument(2048),
    },
    validate: checkTrust,
    same: { assumeRolePolicy: sameJson },
    id: (making) => textOf(making.inputs, "name"),
    outputs: (made) => ({
      arn: globalArn(made.place, "iam", `role${textOf(made.inputs, "path")}${textOf(made.inputs, "name")}`),
      createDate: CREATED,
      inlinePolicies: made.inputs.inlinePolicies ?? [],
      managedPolicyArns: made.inputs.managedPolicyArns ?? [],
      uniqueId: `AROA${capitals(made, "role", 17)}`,
    }),
  },
  {
    type: "aws:iam/rolePolicy:RolePolicy",
    autoName: { property: "name", max: 128 },
    // 10,240 is the sum over a role's inline policies.
    rules: { name: name(128), policy: policyDocument(10_240) },
    same: { policy: sameJson },
    id: (making) => `${textOf(making.inputs, "role")}:${textOf(making.inputs, "name")}`,
  },
  {
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    rules: { policyArn: arnOf("iam") },
    id: (making) => `${textOf(making.inputs, "role")}/${textOf(making.inputs, "policyArn")}`,
  },
  {
    type: "aws:iam/policy:Policy",
    autoName: { property: "name", max: 128 },
    defaults: { path: "/" },
    rules: { name: name(128), path, description: text({ max: 1000 }), policy: policyDocument(6144) },
    same: { policy: sameJson },
    id: (making) => globalArn(making.place, "iam", `policy${textOf(making.inputs, "path")}${textOf(making.inputs, "name")}`),
    outputs: (made) => ({ arn: made.id, attachmentCount: 0, policyId: `ANPA${capitals(made, "policy", 17)}` }),
  },
];

/** A trust policy says who may assume the role, and names no resource: it is the role's own. */
function checkTrust({ assumeRolePolicy }: PropertyMap, fail: Fail): void {
  const document = parseJson(assumeRolePolicy);
  if (!isMap(document)) return;
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement ?? {}];
  for (const [index, statement] of statements.entries()) {
    if (!isMap(statement)) continue;
    const property = `assumeRolePolicy.Statement[${index}]`;
    if (statement.Principal === undefined && statement.NotPrincipal === undefined)
      fail(property, "has no Principal. Say who may assume the role.");
    if (statement.Resource !== undefined) fail(property, "has a Resource, which a trust policy must not have. Remove it.");
  }
}
