import { listOf, sidOf, statementsOf } from "../policy/read.ts";
import type { NamedPolicy, Statement } from "../policy/types.ts";
import { conditionsHold } from "./conditions.ts";
import { actionMatches, type Context, type Lookup, lookupIn, matches } from "./match.ts";
import { accountOf, namedIn, type Principal } from "./principal.ts";

/** What is asked. */
export interface AccessRequest {
  principal: Principal;
  /** `ecs:UpdateService` */
  action: string;
  /** An ARN, or `*` for actions that name no resource. */
  resource: string;
  /**
   * Values by condition key. `aws:PrincipalArn`, `aws:PrincipalAccount` and `aws:ResourceAccount` are filled in; a tag of the principal
   * is `aws:PrincipalTag/team`. A key that is not there is absent from the request.
   */
  context?: Context;
}

/** The policies that have a say. */
export interface AccessPolicies {
  /** Of the principal: attached and inline. */
  identity?: NamedPolicy[];
  /** The most that the principal may be allowed. */
  boundary?: NamedPolicy;
  /** Given when the session was made. */
  session?: NamedPolicy[];
  /** Of the resource: a bucket's, key's, table's, topic's policy; a role's trust policy. */
  resource?: NamedPolicy;
  /** Whose the resource is. @default the account in its ARN, or the principal's where it has none */
  resourceAccount?: string;
}

export interface Decision {
  allowed: boolean;
  outcome: "allowed" | "explicit deny" | "implicit deny";
  /** The statement that decided; none of an implicit deny. */
  by?: { policy: string; statement: string };
  /** In a sentence. */
  why: string;
}

/**
 * Whether IAM would allow a request, by the rules of its user guide ("Policy evaluation logic"): an explicit deny wins; then every
 * kind of policy that applies must allow. Within an account a role's own policies or the resource's are enough; from another
 * account both are needed. A boundary and a session's policies only take away. Organisations' policies are not part of it.
 *
 * @throws on whatever it does not know: an operator, a variable, a principal, an element. It never guesses.
 */
export function evaluate(request: AccessRequest, policies: AccessPolicies): Decision {
  const { principal } = request;
  const identity = policies.identity ?? [];
  const ownAccount = principal.kind === "role" ? accountOf(principal.arn) : undefined;
  const resourceAccount = policies.resourceAccount ?? accountOf(request.resource) ?? ownAccount;
  const lookup = lookupIn({ ...derived(principal, ownAccount, resourceAccount), ...request.context });
  if (principal.kind !== "role" && (identity.length > 0 || policies.boundary || policies.session)) {
    throw new Error(`a ${principal.kind} principal has no policies of its own: give the resource's only.`);
  }
  refuseForgottenPolicy(request, policies);

  const found = {
    identity: identity.flatMap(applying),
    boundary: policies.boundary && applying(policies.boundary),
    session: policies.session?.flatMap(applying),
    resource: policies.resource ? applyingTo(policies.resource) : [],
  };
  const all = [...found.identity, ...(found.boundary ?? []), ...(found.session ?? []), ...found.resource];
  const denied = all.find(({ effect }) => effect === "Deny");
  if (denied) return decide("explicit deny", denied, `statement ${denied.statement} of ${denied.policy} denies it`);

  const allows = (list: Applying[] | undefined) => list?.find(({ effect }) => effect === "Allow");
  const byResource = allows(found.resource.filter(({ named }) => named === "directly"));
  const byAccount = allows(found.resource);
  if (principal.kind !== "role") return byResource ? granted(byResource) : missing("the resource's policy does not allow it");

  const byIdentity = allows(found.identity);
  const crossing = ownAccount !== resourceAccount;
  if (crossing && !byAccount) return missing(`${resourceAccount} does not allow it to ${ownAccount} by the resource's policy`);
  if (needsOwnPolicy(request) && !byAccount) return missing("the resource's own policy does not allow it");
  if (!byIdentity && (crossing || !byResource)) return missing("no policy of the role allows it");
  if (found.boundary && !allows(found.boundary)) return missing(`the boundary ${policies.boundary?.name} does not allow it`);
  if (found.session && !allows(found.session)) return missing("no policy of the session allows it");
  return granted((byIdentity ?? byResource)!);

  function applying(policy: NamedPolicy): Applying[] {
    return statementsOf(policy.document, policy.name).flatMap((statement, index) => {
      const where = `${policy.name}, statement ${sidOf(statement, index)}`;
      if (statement.Principal !== undefined) throw new Error(`${where} has a Principal, which only resources' policies have.`);
      if (statement.Resource === undefined && statement.NotResource === undefined) throw new Error(`${where} names no resource.`);
      return applies(statement, request, lookup, where)
        ? [{ policy: policy.name, statement: sidOf(statement, index), effect: statement.Effect }]
        : [];
    });
  }

  function applyingTo(policy: NamedPolicy): (Applying & { named: "directly" | "by account" })[] {
    return statementsOf(policy.document, policy.name).flatMap((statement, index) => {
      const where = `${policy.name}, statement ${sidOf(statement, index)}`;
      const named = namedIn(statement, principal, where);
      if (!applies(statement, request, lookup, where) || named === "not") return [];
      return [{ policy: policy.name, statement: sidOf(statement, index), effect: statement.Effect, named }];
    });
  }
}

/** A statement that speaks of the request. */
interface Applying {
  policy: string;
  statement: string;
  effect: Statement["Effect"];
}

function applies(statement: Statement, { action, resource }: AccessRequest, lookup: Lookup, where: string): boolean {
  const actions = listOf(statement.Action ?? statement.NotAction);
  const resources = listOf(statement.Resource ?? statement.NotResource);
  const actionFits = actions.some((pattern) => actionMatches(pattern, action)) === (statement.Action !== undefined);
  const named = resources.some((pattern) => matches(pattern, resource, lookup, { wildcards: true }));
  // A trust policy names no resource: it is the role's own.
  const resourceFits = resources.length === 0 || named === (statement.Resource !== undefined);
  return conditionsHold(statement.Condition, lookup, where) && actionFits && resourceFits;
}

/** Keys and roles are reached only as their own policies say, in their own account too. */
function needsOwnPolicy({ action, resource }: AccessRequest): boolean {
  return (/^kms:/i.test(action) && resource.includes(":key/")) || /^sts:assumerole/i.test(action);
}

function refuseForgottenPolicy(request: AccessRequest, { resource }: AccessPolicies): void {
  if (resource || !needsOwnPolicy(request)) return;
  throw new Error(`${request.action} on ${request.resource} is up to the resource's own policy. Give it as \`resource\`.`);
}

function derived(principal: Principal, account: string | undefined, resourceAccount: string | undefined): Context {
  return {
    ...(principal.kind === "role" ? { "aws:PrincipalArn": principal.arn } : {}),
    ...(account ? { "aws:PrincipalAccount": account } : {}),
    ...(resourceAccount ? { "aws:ResourceAccount": resourceAccount } : {}),
  };
}

function granted(by: Applying): Decision {
  return decide("allowed", by, `statement ${by.statement} of ${by.policy} allows it`);
}

function missing(why: string): Decision {
  return { allowed: false, outcome: "implicit deny", why };
}

function decide(outcome: Decision["outcome"], { policy, statement }: Applying, why: string): Decision {
  return { allowed: outcome === "allowed", outcome, by: { policy, statement }, why };
}
