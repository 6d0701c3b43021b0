import type { StackPlan } from "@fairway/planner";
import { stepToJson } from "@fairway/engine";

/** A plan of a platform, as reports show it. */
export interface PlanView {
  base?: { revision: string; commit: string };
  environments: { name: string; stacks: StackPlan[] }[];
  /** Guarded changes and whether leave was given. */
  guarded: GuardedChange[];
  /** Findings count as errors. */
  strict: boolean;
}

export interface GuardedChange {
  environment: string;
  project: string;
  urn: string;
  /** What to write after `--allow`. */
  allow: string;
  allowed: boolean;
}

/** The plan as data: the same bytes for the same commit and base, wherever and whenever it is made. */
export function planToJson(view: PlanView): unknown {
  return {
    version: 1,
    base: view.base?.commit ?? null,
    guarded: view.guarded,
    environments: Object.fromEntries(
      view.environments.map(({ name, stacks }) => [
        name,
        Object.fromEntries(
          stacks.map(({ project, ok, steps, findings, diagnostics }) => [
            project,
            {
              ok,
              steps: steps.map((step) => ({
                ...(stepToJson(step) as object),
                ...(step.settlesAs ? { settlesAs: step.settlesAs } : {}),
              })),
              findings,
              diagnostics: diagnostics.filter(({ severity }) => severity !== "debug"),
            },
          ]),
        ),
      ]),
    ),
  };
}
