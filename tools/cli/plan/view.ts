import type { StackId, StackPlan } from "@fairway/planner";
import { stepToJson } from "@fairway/engine";
import { SHARED } from "@fairway/settings";
import { reviewToJson } from "./review/review-to-json.ts";
import type { EnvironmentReview } from "./review/review.ts";
import { withoutSecrets } from "./secrets.ts";

/** A plan of a platform, as reports show it. */
export interface PlanView {
  base?: { revision: string; commit: string };
  environments: PlannedEnvironment[];
  /** Guarded changes and whether leave was given. */
  guarded: GuardedChange[];
  /** Findings count as errors. */
  strict: boolean;
  /** Stacks of the base that this tree does not declare any more. Nothing deletes what they made. */
  undeclared?: StackId[];
  /** What is wrong with waivers, when a pull request is judged. */
  waivers?: { expired: string[]; unused: string[] };
}

export interface PlannedEnvironment {
  name: string;
  stacks: StackPlan[];
  /** Undefined while a program of it fails: of a part nothing can be said. */
  review?: EnvironmentReview;
}

/** As they are read: the environment that matters most first (promotion order, backwards), what all share last. */
export function inReadingOrder(environments: readonly PlannedEnvironment[]): PlannedEnvironment[] {
  const shared = environments.filter(({ name }) => name === SHARED);
  return [...environments.filter(({ name }) => name !== SHARED).toReversed(), ...shared];
}

export interface GuardedChange {
  environment: string;
  project: string;
  urn: string;
  /** What to write after `--allow`. */
  allow: string;
  allowed: boolean;
  /** URN of the guarded change that it goes with: leave for that one covers it. */
  with?: string;
}

/** The plan as data: the same bytes for the same commit and base, wherever and whenever it is made. */
export function planToJson(view: PlanView): unknown {
  const reviewed = view.environments.filter(({ review }) => review !== undefined);
  return {
    version: 1,
    base: view.base?.commit ?? null,
    guarded: view.guarded,
    environments: Object.fromEntries(view.environments.map(({ name, stacks }) => [name, stacksToJson(stacks)])),
    ...(reviewed.length > 0
      ? { reviews: Object.fromEntries(reviewed.map(({ name, review }) => [name, reviewToJson(review!)])) }
      : {}),
    ...(view.undeclared?.length ? { undeclared: view.undeclared.map(({ project, stack }) => ({ project, stack })) } : {}),
    ...(view.waivers ? { waivers: view.waivers } : {}),
  };
}

function stacksToJson(stacks: readonly StackPlan[]) {
  return Object.fromEntries(
    stacks.map(({ project, ok, steps, findings, diagnostics }) => [
      project,
      {
        ok,
        steps: steps.map((step) => ({
          ...(stepToJson(withoutSecrets(step)) as object),
          ...(step.settlesAs ? { settlesAs: step.settlesAs } : {}),
        })),
        findings,
        diagnostics: diagnostics.filter(({ severity }) => severity !== "debug"),
      },
    ]),
  );
}
