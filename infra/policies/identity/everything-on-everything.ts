import { resourceMatches } from "@fairway/iam";
import { permissionsBoundary } from "@fairway/settings";
import type { Plan } from "../reading/plan.ts";
import { texts } from "../reading/values.ts";
import type { Policy } from "../types.ts";
import { type Statement, statements, takesAction } from "./statements.ts";

/** Actions that have nothing in common: a pattern that takes two of them takes every service's. */
const UNRELATED_ACTIONS = ["dynamodb:PutItem", "ec2:TerminateInstances", "kms:Decrypt", "s3:GetObject"];

/**
 * Two actions each of services whose every action on everything amounts to everything: who may grant may take. Who may do both may,
 * as far as is seen here, do all of the service.
 */
const GRANTING: Record<string, string[]> = {
  "iam:*": ["iam:CreateAccessKey", "iam:AttachRolePolicy"],
  "sts:*": ["sts:AssumeRole", "sts:GetFederationToken"],
  "organizations:*": ["organizations:AttachPolicy", "organizations:CreateAccount"],
  "sso:*": ["sso:CreateAccountAssignment", "sso:PutInlinePolicyToPermissionSet"],
};

/** AWS's own policies that allow everything, or all but IAM. */
const ADMINISTRATOR = /:aws:policy\/(job-function\/)?(AdministratorAccess|PowerUserAccess|SystemAdministrator|IAMFullAccess)$/;

/** What gives a managed policy to somebody, beside a role's own list. */
const ATTACHMENTS = [
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  "aws:iam/policyAttachment:PolicyAttachment",
];

/** What lists all that somebody has. */
const EXCLUSIVE = ["Role", "User", "Group"].map(
  (who) => `aws:iam/${who.toLowerCase()}PolicyAttachmentsExclusive:${who}PolicyAttachmentsExclusive`,
);

export const everythingOnEverything: Policy = {
  name: "everything-on-everything",
  title: "Nobody may do everything with everything",
  why: "A stolen credential is worth what it may do. With `*` on `*` one leaked token is the whole account.",
  fix: "Name the actions that are used and the ARNs they are used on. `npx fairway plan` shows what a principal may do.",
  severity: "mandatory",
  check: (plan) => {
    // A boundary grants nothing: it is the most that what carries it may be granted.
    const boundary = permissionsBoundary(plan.platform, plan.scope);
    const isBoundary = ({ resource: { inputs, type } }: Statement) =>
      type === "aws:iam/policy:Policy" && inputs.name === boundary.name;
    const boundaries = plan.of("aws:iam/policy:Policy").filter(({ inputs }) => inputs.name === boundary.name);
    const given = (arns: string[]) =>
      arns.flatMap((arn) => {
        if (ADMINISTRATOR.test(arn)) return `${arn} allows nearly everything on everything`;
        return arn === boundary.arn ? `${arn} is the permissions boundary: as a permission it allows all that it limits` : [];
      });
    return [
      ...statements(plan, "identity")
        .filter((statement) => statement.effect === "Allow" && !isBoundary(statement))
        .flatMap((statement) => {
          const what = isEverywhere(plan, statement) ? everything(statement) : undefined;
          return what === undefined
            ? []
            : [{ resource: statement.resource, message: `${statement.where}: ${what} on every resource` }];
        }),
      // A resource's own policy is about that resource: all of its service's actions are the account root's, literally all nobody's.
      ...statements(plan, "resource")
        .filter(({ effect, actions }) => effect === "Allow" && actions.some(isEveryAction))
        .map(({ resource, where }) => ({ resource, message: `${where}: every action of every service` })),
      ...plan.each(ATTACHMENTS, ({ inputs, propertyDependencies }) => {
        const found = given(texts(inputs.policyArn));
        // Its ARN may not be known yet; what it comes from is.
        const isBoundarys = boundaries.some(({ urn }) => propertyDependencies.policyArn?.includes(urn));
        return found.length === 0 && isBoundarys ? given([boundary.arn]) : found;
      }),
      ...plan.each("aws:iam/role:Role", ({ inputs }) => given(texts(inputs.managedPolicyArns))),
      ...plan.each(EXCLUSIVE, ({ inputs }) => given(texts(inputs.policyArns))),
    ];
  },
};

function everything(statement: Statement): string | undefined {
  const { actions, notActions } = statement;
  if (actions.some(isEveryAction)) return "every action";
  if (notActions.length > 0) return `every action but ${notActions.join(", ")}`;
  const granting = Object.entries(GRANTING).find(([, probes]) =>
    probes.every((probe) => actions.some((action) => takesAction(action, probe))),
  );
  return granting && `${granting[0]}, with which more can be granted,`;
}

function isEveryAction(pattern: string): boolean {
  return UNRELATED_ACTIONS.filter((action) => takesAction(pattern, action)).length > 1;
}

/** Whether one pattern takes resources of two services here that have nothing in common. */
function isEverywhere({ scope: { account, region } }: Plan, { resources, notResources }: Statement): boolean {
  const unrelated = [
    "arn:aws:s3:::probe/object",
    `arn:aws:iam::${account}:role/probe`,
    `arn:aws:dynamodb:${region}:${account}:table/probe`,
    `arn:aws:lambda:${region}:${account}:function:probe`,
  ];
  const takesTwo = (pattern: string) => unrelated.filter((arn) => resourceMatches(pattern, arn)).length > 1;
  return notResources.length > 0 || resources.some(takesTwo);
}
