import type { ResourceState, StackState } from "@fairway/engine";
import type { PlannedStep, StackPlan } from "@fairway/planner";

/** What is needed to see which guarded changes are one: the states before, and what models say of losing a resource of a type. */
export interface Surroundings {
  before: (id: { project: string; stack: string }) => StackState | undefined;
  guardOf: (type: string) => "data" | "foundation" | undefined;
}

const REPLACING = new Set(["replace", "read-replacement"]);

/**
 * For each guarded change of a stack that only follows from another: the URN of that other. A VPC that is replaced takes its subnets
 * with it, and one leave is enough for what is one decision.
 *
 * A change goes with another when it is a child of it, at any depth, or when everything that replaces it comes from what is replaced with
 * the other. Only foundations (a subnet, a cluster) and components go with anything: what holds data, and what no model knows, is named
 * by itself, whatever the reason.
 */
export function goesWith(plan: StackPlan, { before, guardOf }: Surroundings): Map<string, string> {
  const guarded = new Map(plan.steps.filter((step) => step.guarded !== undefined).map((step) => [step.urn, step]));
  const resources = new Map<string, ResourceState>();
  for (const state of [before(plan), plan.state]) for (const each of state?.resources() ?? []) resources.set(each.urn, each);
  const steps = new Map(plan.steps.map((step) => [step.urn, step]));
  const roots = new Map<string, string | undefined>();

  const result = new Map<string, string>();
  for (const urn of guarded.keys()) {
    const root = rootOf(urn);
    if (root !== undefined && root !== urn) result.set(urn, root);
  }
  return result;

  /** The guarded change that stands for this one, itself when none does; undefined for what no guarded change causes. */
  function rootOf(urn: string): string | undefined {
    if (roots.has(urn)) return roots.get(urn);
    const step = guarded.get(urn);
    // While it is looked for, it stands for itself: a circle of references ends here.
    roots.set(urn, step && urn);
    const root = step && !mayFollow(step) ? urn : (rootByParent(urn) ?? rootByCause(urn) ?? (step && urn));
    roots.set(urn, root);
    return root;
  }

  function mayFollow({ urn, type }: PlannedStep): boolean {
    return resources.get(urn)?.custom === false || guardOf(type) === "foundation";
  }

  function rootByParent(urn: string): string | undefined {
    const parent = outermostGuarded(urn, resources, guarded);
    return parent === undefined ? undefined : rootOf(parent);
  }

  function rootByCause(urn: string): string | undefined {
    const step = steps.get(urn);
    if (!step || !REPLACING.has(step.op) || step.replaceKeys.length === 0) return undefined;
    const causes = step.replaceKeys.map((key) => causeOf(urn, key));
    return causes.every((cause) => cause !== undefined && cause === causes[0]) ? causes[0] : undefined;
  }

  /** The one root of all that is replaced among what a property's value comes from. */
  function causeOf(urn: string, key: string): string | undefined {
    const sources = resources.get(urn)?.propertyDependencies[key] ?? [];
    const replaced = sources.filter((source) => isReplaced(steps.get(source)));
    const found = new Set(replaced.map(rootOf));
    return found.size === 1 ? [...found][0] : undefined;
  }
}

/** The outermost guarded parent of a resource, so that one name is asked for. */
export function outermostGuarded(
  urn: string,
  resources: ReadonlyMap<string, Pick<ResourceState, "parent">>,
  guarded: { has(urn: string): boolean },
): string | undefined {
  const seen = new Set([urn]);
  let outermost: string | undefined;
  for (let at = resources.get(urn)?.parent ?? ""; at !== "" && !seen.has(at); at = resources.get(at)?.parent ?? "") {
    seen.add(at);
    if (guarded.has(at)) outermost = at;
  }
  return outermost;
}

function isReplaced(step: PlannedStep | undefined): boolean {
  return step !== undefined && REPLACING.has(step.op);
}
