import { permissionsBoundary } from "@fairway/settings";
import { texts } from "../reading/values.ts";
import type { Policy } from "../types.ts";
import { type Statement, statements, takesAll } from "./statements.ts";

/** Services whose every action on everything amounts to everything: who may grant may take. */
const GRANTING = ["iam:*", "sts:*", "organizations:*", "sso:*"];

/** AWS's own policies that allow everything, or all but IAM. */
const ADMINISTRATOR = /:aws:policy\/(job-function\/)?(AdministratorAccess|PowerUserAccess|SystemAdministrator|IAMFullAccess)$/;

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
    return [
      ...statements(plan, "identity")
        .filter((statement) => statement.effect === "Allow" && !isBoundary(statement))
        .flatMap((statement) => {
          const everywhere = statement.resources.some(takesAll) || statement.notResources.length > 0;
          const what = everywhere ? everything(statement) : undefined;
          return what === undefined
            ? []
            : [{ resource: statement.resource, message: `${statement.where}: ${what} on every resource` }];
        }),
      // A resource's own policy is about that resource: all of its service's actions are the account root's, literally all nobody's.
      ...statements(plan, "resource")
        .filter(({ effect, actions }) => effect === "Allow" && actions.some(takesAll))
        .map(({ resource, where }) => ({ resource, message: `${where}: every action of every service` })),
      ...plan.each(
        ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "aws:iam/userPolicyAttachment:UserPolicyAttachment"],
        ({ inputs }) => administrator(texts(inputs.policyArn)),
      ),
      ...plan.each("aws:iam/role:Role", ({ inputs }) => administrator(texts(inputs.managedPolicyArns))),
    ];
  },
};

function everything({ actions, notActions }: Statement): string | undefined {
  if (actions.some(takesAll)) return "every action";
  if (notActions.length > 0) return `every action but ${notActions.join(", ")}`;
  const granting = actions.find((action) => GRANTING.includes(action.toLowerCase()));
  return granting && `${granting}, with which more can be granted,`;
}

function administrator(arns: string[]): string | undefined {
  const found = arns.find((arn) => ADMINISTRATOR.test(arn));
  return found && `${found} allows nearly everything on everything`;
}
