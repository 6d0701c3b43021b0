import { type AccessChange, accessOf, diffAccess, type Grant } from "@fairway/iam";
import {
  assumedUsage,
  costDelta,
  costOf,
  type CostDelta,
  type CostReport,
  overBudget,
  type OverBudget,
  prices,
} from "@fairway/cost";
import { plannedResources, type PlannedState } from "@fairway/planner";
import type { PlannedResource } from "@fairway/resources";
import { type Platform, scopeOf } from "@fairway/settings";
import { underNewNames } from "./former-names.ts";
import { type PolicyReview, reviewPolicies } from "./policies.ts";
import { type LostProtection, lostProtections } from "./protection.ts";

/** What a plan means for an environment beyond its changes: whether it breaks a rule, who may do what, what it costs. */
export interface EnvironmentReview {
  /** What keeps resources from being deleted, and goes off. */
  protection: LostProtection[];
  policy: PolicyReview;
  access: AccessReview;
  cost: CostReview;
}

export interface AccessReview {
  grants: Grant[];
  /** Against the base; undefined without one. */
  changes?: AccessChange[];
}

export interface CostReview {
  report: CostReport;
  /** Against the base; undefined without one. */
  delta?: CostDelta;
  over?: OverBudget;
  /** Which prices these are. */
  prices: { region: string; asOf: string };
  /** Where the environment is: prices differ by region. */
  region: string;
}

export interface ReviewRequest {
  /** Of the environment, or "shared". */
  name: string;
  platform: Platform;
  /** Every stack of it, also those that are not reported: rules and references go across projects. */
  stacks: readonly PlannedState[];
  /** The same stacks in the base; undefined without one. */
  before?: readonly PlannedState[];
  /** Projects to report. @default all */
  projects?: ReadonlySet<string>;
  /** For which waivers have expired, as YYYY-MM-DD. */
  today: string;
}

/** Judges one environment as it will be, against how it is in the base. Pure, and the same for the same stacks. */
export function reviewOf(request: ReviewRequest): EnvironmentReview {
  const { name, platform, projects, today } = request;
  const scope = scopeOf(platform, name);
  const after = resourcesOf(request.stacks);
  const before = request.before && byUrn(underNewNames(resourcesOf(request.before), request.stacks));
  const reported = ({ project }: { project: string }) => projects?.has(project) ?? true;
  return {
    protection: before ? lostProtections(before, after).filter(reported) : [],
    policy: reviewPolicies({ platform, scope, today, after, before, projects }),
    access: reviewAccess(),
    cost: reviewCost(),
  };

  function reviewAccess(): AccessReview {
    const own = (resources: PlannedResource[]) => accessOf(resources).filter(reported);
    const grants = own(after);
    if (!before) return { grants };
    return { grants, changes: diffAccess(own(before), grants) };
  }

  function reviewCost(): CostReview {
    const priced = (resources: PlannedResource[]) => costOf({ resources, prices, usage: assumedUsage(name), projects });
    const report = priced(after);
    const delta = before && costDelta(priced(before), report);
    const budget = Object.hasOwn(platform.environments, name) ? platform.environments[name]!.budget : undefined;
    // Of a part of the projects nothing can be said about the whole's budget.
    const over = budget && !projects ? overBudget(report, budget, delta) : undefined;
    return {
      report,
      ...(delta ? { delta } : {}),
      ...(over ? { over } : {}),
      prices: { region: prices.region, asOf: prices.asOf },
      region: scope.region,
    };
  }
}

/** In the order of URNs: programs register in the order in which their values arrive. */
function resourcesOf(stacks: readonly PlannedState[]): PlannedResource[] {
  return byUrn(stacks.flatMap(plannedResources));
}

const byUrn = (resources: PlannedResource[]) => resources.sort((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0));
