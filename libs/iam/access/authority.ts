import type { PlannedResource } from "@fairway/resources";
import { type AccessPolicies, type AccessRequest, type Decision, evaluate } from "../evaluate/evaluate.ts";
import type { PolicyDocument } from "../policy/types.ts";
import { named, resourcePoliciesIn, type Role, rolesIn } from "./read.ts";

/** A question to planned resources. */
export interface Question extends Pick<AccessRequest, "action" | "resource" | "context"> {
  /** Name or ARN of a planned role, or a principal that is none. */
  by: string | Exclude<AccessRequest["principal"], { kind: "role" }>;
  /** See `AccessPolicies`. */
  resourceAccount?: string;
  session?: AccessPolicies["session"];
}

/** What planned resources allow. */
export interface Authority {
  /** Answers with all policies that have a say: the role's, its boundary, the resource's own, a role's trust. @throws as `evaluate` */
  ask(question: Question): Decision;
  /** @throws when there is none of that name or ARN, or several */
  role(nameOrArn: string): Role;
}

/**
 * Makes planned resources answer who may do what.
 *
 * @param resources of all stacks that have a say, of other accounts too
 * @param managed documents of policies that no planned resource states, by ARN: AWS's own
 *
 * @example
 * const { ask } = authority(plan.resources);
 * ask({ by: "acme-dev-preview", action: "ecs:UpdateService", resource: serviceArn }).outcome; // "implicit deny"
 */
export function authority(resources: PlannedResource[], managed: Record<string, PolicyDocument> = {}): Authority {
  const roles = rolesIn(resources);
  const guarded = resourcePoliciesIn(resources);
  return { ask, role };

  function ask({ by, action, resource, context, ...rest }: Question): Decision {
    const own = policyOf(resource);
    if (typeof by !== "string") return evaluate({ principal: by, action, resource, context }, { resource: own, ...rest });
    const asking = role(by);
    return evaluate(
      { principal: { kind: "role", arn: asking.arn }, action, resource, context: { ...tagsOf(asking), ...context } },
      { identity: identityOf(asking), boundary: boundaryOf(asking), resource: own, ...rest },
    );
  }

  function role(nameOrArn: string): Role {
    const found = roles.filter((each) => [each.name, each.arn, each.resource.name].includes(nameOrArn));
    if (found.length === 1) return found[0]!;
    const those = roles.map(({ name }) => name).join(", ") || "none";
    throw new Error(`${found.length} planned roles are called "${nameOrArn}". There are: ${those}.`);
  }

  function identityOf({ policies, unread, name }: Role) {
    return [...policies.map(named), ...unread.map(({ arn }) => knownPolicy(arn, `attached to ${name}`))];
  }

  function boundaryOf({ boundary, name }: Role) {
    return boundary === undefined ? undefined : knownPolicy(boundary, `the boundary of ${name}`);
  }

  function knownPolicy(arn: string, why: string) {
    const planned = resources.find(({ type, outputs }) => type === "aws:iam/policy:Policy" && outputs.arn === arn);
    const document = planned ? (JSON.parse(String(planned.inputs.policy)) as PolicyDocument) : managed[arn];
    if (document) return { name: `policy ${arn.replace(/^.*\//, "")}`, document };
    throw new Error(`the document of ${arn}, ${why}, is not known. Plan the stack that makes it too, or pass it as \`managed\`.`);
  }

  /** The policy of a resource, or of what it is a part of: an object's bucket, a table's index. */
  function policyOf(resource: string) {
    const trusting = roles.find(({ arn }) => arn === resource);
    if (trusting) return named(trusting.trust);
    const found = guarded.find(({ arn }) => arn !== undefined && (arn === resource || resource.startsWith(`${arn}/`)));
    return found && named(found);
  }
}

function tagsOf({ resource }: Role): Record<string, string> {
  const tags = resource.outputs.tagsAll ?? resource.inputs.tags;
  if (typeof tags !== "object" || tags === null || Array.isArray(tags)) return {};
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, String(value)]));
}
