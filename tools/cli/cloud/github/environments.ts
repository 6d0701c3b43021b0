import { different, MISSING, RIGHT, type Standing, type Step } from "../steps.ts";
import type { GitHub } from "./api.ts";
import { MAIN, type WantedEnvironment } from "./wanted.ts";

/** What GET .../environments/{name} answers, as far as it is read. */
interface PresentEnvironment {
  protection_rules?: readonly Rule[];
  deployment_branch_policy: { protected_branches: boolean; custom_branch_policies: boolean } | null;
  can_admins_bypass?: boolean;
}

interface Rule {
  type: string;
  wait_timer?: number;
  prevent_self_review?: boolean;
  reviewers?: readonly { type: string; reviewer: { id: number } }[];
}

interface BranchPolicies {
  branch_policies: readonly { id: number; name: string; type?: string }[];
}

/** One environment: only main deploys to it, and who must approve does. Stricter settings of yours stay. */
export function environmentStep(github: GitHub, repository: string, wanted: WantedEnvironment, teamId: TeamIds): Step {
  const path = `${repository}/environments/${encodeURIComponent(wanted.name)}`;
  const policies = `${path}/deployment-branch-policies`;

  return { name: `GitHub environment ${wanted.name}`, look, make };

  async function look(): Promise<Standing> {
    const present = await github.get<PresentEnvironment>(path);
    if (!present) return MISSING;
    const wrong = [...(await branchProblems(present)), ...(await reviewerProblems(present))];
    return wrong.length === 0 ? RIGHT : different(wrong.join("; "));
  }

  async function branchProblems({ deployment_branch_policy: policy }: PresentEnvironment): Promise<string[]> {
    if (!policy?.custom_branch_policies) return [policy ? "open to every protected branch" : "open to every branch"];
    const others = (await presentPolicies()).filter((each) => !isMain(each)).map(({ name }) => name);
    if (others.length > 0) return [`open to ${others.join(", ")}`];
    return (await presentPolicies()).length === 0 ? ["open to no branch"] : [];
  }

  async function reviewerProblems(present: PresentEnvironment): Promise<string[]> {
    if (wanted.reviewers === undefined) return [];
    const rule = reviewersOf(present);
    const id = await teamId(wanted.reviewers);
    if (!rule?.reviewers?.some((each) => each.type === "Team" && each.reviewer.id === id))
      return [`not approved by ${wanted.reviewers}`];
    return rule.prevent_self_review ? [] : ["people may approve their own jobs"];
  }

  async function make() {
    const present = await github.get<PresentEnvironment>(path);
    const rule = present && reviewersOf(present);
    const kept = (rule?.reviewers ?? []).map(({ type, reviewer }) => ({ type, id: reviewer.id }));
    const id = wanted.reviewers === undefined ? undefined : await teamId(wanted.reviewers);
    const added = id === undefined || kept.some((each) => each.type === "Team" && each.id === id) ? [] : [{ type: "Team", id }];
    // What is left out of this request is reset, so what was there is sent along.
    await github.send("PUT", path, {
      wait_timer: present?.protection_rules?.find(({ type }) => type === "wait_timer")?.wait_timer ?? 0,
      prevent_self_review: id !== undefined || rule?.prevent_self_review === true,
      reviewers: [...kept, ...added],
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    });
    const branches = await presentPolicies();
    if (!branches.some(isMain)) await github.send("POST", policies, { name: MAIN, type: "branch" });
    for (const each of branches.filter((one) => !isMain(one))) await github.send("DELETE", `${policies}/${each.id}`);
  }

  async function presentPolicies() {
    return (await github.get<BranchPolicies>(`${policies}?per_page=100`))?.branch_policies ?? [];
  }
}

/** A team's numeric id by `organisation/slug`. */
export type TeamIds = (team: string) => Promise<number>;

function isMain({ name, type = "branch" }: { name: string; type?: string }): boolean {
  return name === MAIN && type === "branch";
}

function reviewersOf({ protection_rules: rules = [] }: PresentEnvironment): Rule | undefined {
  return rules.find(({ type }) => type === "required_reviewers");
}
