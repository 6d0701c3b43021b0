import type { PlannedResource } from "@fairway/resources";
import { listOf } from "../policy/read.ts";
import type { Condition, PolicyDocument, Statement } from "../policy/types.ts";
import { type FoundPolicy, type Role, resourcePoliciesIn, rolesIn } from "./read.ts";

/** What a principal may do on something, or may not, as one statement says it. Plain data. */
export interface Grant {
  /** `role catalog-task`, `service logs.eu-west-1.amazonaws.com`, `account 111111111111`, `federated token.actions…`, `anyone`. */
  principal: string;
  effect: "Allow" | "Deny";
  /** Sorted. With `except`, all actions but these. */
  actions: string[];
  /** ARNs or patterns, sorted; `policy NAME` where only the name of a managed policy is known. */
  resources: string[];
  /** Whether the lists name what is meant, or what is left out (NotAction, NotResource). */
  except?: ("actions" | "resources")[];
  condition?: Condition;
  /** The resource that states it. */
  urn: string;
  project: string;
  stack: string;
  /** How that resource is known; "unknown" where its policy is known only after the update. */
  known: string;
}

/**
 * Who may do what on what, read from planned resources: the policies of roles, who may assume them, and the policies of buckets, keys,
 * tables, topics, queues, repositories and secrets. Boundaries, which allow nothing, are left out. In a stable order.
 */
export function accessOf(resources: PlannedResource[]): Grant[] {
  const roles = rolesIn(resources);
  const grants = [
    ...roles.flatMap(grantsOfRole),
    ...resourcePoliciesIn(resources).flatMap((policy) => fromResourcePolicy(policy, policy.arn ?? "*", roles)),
    ...clusterAccess(resources, roles),
  ];
  return grants.sort((one, other) => compare(sortKey(one), sortKey(other)));

  function grantsOfRole(role: Role): Grant[] {
    const principal = `role ${role.resource.name}`;
    return [
      ...fromResourcePolicy(role.trust, role.arn || role.name, roles),
      ...role.policies.flatMap((policy) => fromStatements(policy, principal)),
      ...role.unread.map(({ in: by, arn }) => ({
        ...origin(by),
        principal,
        effect: "Allow" as const,
        actions: [],
        resources: [`policy ${arn.replace(/^.*:policy\//, "") || "that is known only after the update"}`],
      })),
    ];
  }
}

function fromStatements(policy: FoundPolicy, principal: string): Grant[] {
  if (!policy.document) return [unknownGrant(policy, principal)];
  return statements(policy.document).map((statement) => grant(policy, principal, statement, statement.Resource));
}

function fromResourcePolicy(policy: FoundPolicy, arn: string, roles: Role[]): Grant[] {
  if (!policy.document) return [unknownGrant(policy, "anyone")];
  return statements(policy.document).flatMap((statement) => {
    // In a resource's own policy "*", or nothing, is the resource.
    const meant = listOf(statement.Resource).every((resource) => resource === "*") ? arn : statement.Resource;
    return principalsOf(statement, roles).map((principal) => grant(policy, principal, statement, meant));
  });
}

/** EKS keeps a list of its own of who may do what in a cluster. */
function clusterAccess(resources: PlannedResource[], roles: Role[]): Grant[] {
  return resources
    .filter(({ type }) => type === "aws:eks/accessPolicyAssociation:AccessPolicyAssociation")
    .map((resource) => ({
      ...origin(resource),
      principal: principalName("AWS", String(resource.inputs.principalArn ?? ""), roles),
      effect: "Allow" as const,
      actions: [`kubernetes ${String(resource.inputs.policyArn ?? "").replace(/^.*\//, "")}`],
      resources: [`cluster/${String(resource.inputs.clusterName ?? "*")}`],
    }));
}

function principalsOf(statement: Statement & { NotPrincipal?: Statement["Principal"] }, roles: Role[]): string[] {
  const { Principal, NotPrincipal, ...rest } = statement;
  if (NotPrincipal) return [`anyone but ${principalsOf({ ...rest, Principal: NotPrincipal }, roles).join(", ")}`];
  if (Principal === undefined || Principal === "*") return ["anyone"];
  return Object.entries(Principal).flatMap(([kind, values]) => listOf(values).map((value) => principalName(kind, value, roles)));
}

function principalName(kind: string, value: string, roles: Role[]): string {
  if (value === "*") return "anyone";
  if (kind === "Service") return `service ${value}`;
  if (kind === "Federated") return `federated ${value.replace(/^.*:oidc-provider\//, "")}`;
  const role = roles.find(({ arn }) => arn === value);
  if (role) return `role ${role.resource.name}`;
  const account = /^(?:arn:aws[\w-]*:iam::)?(\d{12})(?::root)?$/.exec(value)?.[1];
  return account ? `account ${account}` : value.replace(/^arn:aws[\w-]*:iam::\d{12}:role\/(?:.*\/)?/, "role ");
}

function grant(found: FoundPolicy, principal: string, statement: Statement, resources: Statement["Resource"]): Grant {
  const except: Grant["except"] = [
    ...(statement.NotAction ? (["actions"] as const) : []),
    ...(statement.NotResource ? (["resources"] as const) : []),
  ];
  return {
    ...origin(found.in),
    principal,
    effect: statement.Effect,
    actions: [...listOf(statement.Action ?? statement.NotAction)].sort(compare),
    resources: [...listOf(statement.NotResource ?? resources)].sort(compare),
    ...(except.length > 0 ? { except } : {}),
    ...(statement.Condition ? { condition: found.secret ? redacted(statement.Condition) : statement.Condition } : {}),
  };
}

/** Which keys are asked for may be told; what they must be is the secret, for example an external id. */
function redacted(condition: Condition): Condition {
  return Object.fromEntries(
    Object.entries(condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.keys(keys).map((key) => [key, "[secret]"])),
    ]),
  );
}

function unknownGrant({ in: by }: FoundPolicy, principal: string): Grant {
  return { ...origin(by), known: "unknown", principal, effect: "Allow", actions: [], resources: [] };
}

function origin({ urn, project, stack, known }: PlannedResource) {
  return { urn, project, stack, known };
}

function statements(document: PolicyDocument): Statement[] {
  return listOf(document.Statement);
}

/** All of a grant that says who may do what; not which resource states it. */
export function sameGrantKey({ principal, effect, actions, resources, except, condition, project, stack }: Grant): string {
  return JSON.stringify([project, stack, principal, effect, actions, resources, except ?? [], condition ?? {}]);
}

function sortKey(grant: Grant): string {
  return `${grant.principal}\n${sameGrantKey(grant)}\n${grant.urn}`;
}

export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
