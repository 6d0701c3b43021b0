import { type Answer, NOT_FOUND } from "./fake-github.ts";

export interface FakeEnvironment {
  wait_timer: number;
  prevent_self_review: boolean;
  reviewers: { type: string; id: number }[];
  deployment_branch_policy: { protected_branches: boolean; custom_branch_policies: boolean } | null;
  branches: { id: number; name: string; type: string }[];
  can_admins_bypass: boolean;
}

/** An environment as GitHub makes it when a workflow names it first: open to every branch. */
export const openEnvironment = (): FakeEnvironment => ({
  wait_timer: 0,
  prevent_self_review: false,
  reviewers: [],
  deployment_branch_policy: null,
  branches: [],
  can_admins_bypass: true,
});

/** The routes of deployment environments (GitHub REST API reference, "Deployment environments" and "Deployment branch policies"). */
export function createEnvironments(teams: ReadonlyMap<string, number>) {
  const all = new Map<string, FakeEnvironment>();
  let lastId = 100;

  function route(method: string, rest: string, body: Record<string, unknown>): Answer {
    const [, , encoded = "", under, policyId] = rest.split("/");
    const name = decodeURIComponent(encoded);
    const present = all.get(name);
    if (under === undefined)
      return method === "PUT" ? put(name, body) : present ? { status: 200, body: shape(name, present) } : NOT_FOUND;
    if (!present) return NOT_FOUND;
    if (method === "GET")
      return { status: 200, body: { total_count: present.branches.length, branch_policies: present.branches } };
    if (method === "DELETE") {
      present.branches = present.branches.filter(({ id }) => String(id) !== policyId);
      return { status: 204 };
    }
    if (!present.deployment_branch_policy?.custom_branch_policies)
      return { status: 422, body: { message: "custom branch policies are not on" } };
    const made = { id: (lastId += 1), name: String(body.name), type: String(body.type ?? "branch") };
    present.branches.push(made);
    return { status: 200, body: made };
  }

  function put(name: string, body: Record<string, unknown>): Answer {
    const given = body as Partial<Omit<FakeEnvironment, "branches">>;
    const unknown = (given.reviewers ?? []).filter(({ id }) => ![...teams.values()].includes(id));
    if (unknown.length > 0) return { status: 422, body: { message: "Validation Failed", errors: ["reviewers"] } };
    // What a request leaves out is reset.
    const { branches, can_admins_bypass } = all.get(name) ?? openEnvironment();
    const made = { ...openEnvironment(), ...given, branches, can_admins_bypass };
    all.set(name, made);
    return { status: 200, body: shape(name, made) };
  }

  return { all, route };
}

function shape(name: string, environment: FakeEnvironment) {
  const { wait_timer, reviewers, prevent_self_review, deployment_branch_policy, can_admins_bypass } = environment;
  const asked = reviewers.map(({ type, id }) => ({ type, reviewer: { id } }));
  return {
    name,
    can_admins_bypass,
    protection_rules: [
      ...(wait_timer > 0 ? [{ type: "wait_timer", wait_timer }] : []),
      ...(reviewers.length > 0 ? [{ type: "required_reviewers", prevent_self_review, reviewers: asked }] : []),
      ...(deployment_branch_policy ? [{ type: "branch_policy" }] : []),
    ],
    deployment_branch_policy,
  };
}
