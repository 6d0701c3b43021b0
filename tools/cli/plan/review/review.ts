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
import { type PolicyReview, reviewPolicies } from "./policies.ts";

/** What a plan means for an environment beyond its changes: whether it breaks a rule, who may do what, what it costs. */
export interface EnvironmentReview {
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
  const before = request.before && (unchanged(request.stacks) ? after : resourcesOf(request.before));
  return {
    policy: reviewPolicies({ platform, scope, today, after, before, projects }),
    access: reviewAccess(),
    cost: reviewCost(),
  };

  function reviewAccess(): AccessReview {
    const own = (resources: PlannedResource[]) => accessOf(resources).filter(({ project }) => projects?.has(project) ?? true);
    const grants = own(after);
    if (!before) return { grants };
    return { grants, changes: before === after ? [] : diffAccess(own(before), grants) };
  }

  function reviewCost(): CostReview {
    const priced = (resources: PlannedResource[]) => costOf({ resources, prices, usage: assumedUsage(name), projects });
    const report = priced(after);
    const delta = before && costDelta(before === after ? report : priced(before), report);
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
  return stacks.flatMap(plannedResources).sort((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0));
}

/** Whether nothing at all changes: then what holds now held before. */
function unchanged(stacks: readonly PlannedState[]): boolean {
  return stacks.every(({ steps }) => (steps as readonly { op?: string }[]).every(({ op }) => op === "same" || op === "read"));
}
