import type { StackPlan } from "@fairway/planner";
import { EXIT, Failure } from "../failure.ts";
import { goesWith, type Surroundings } from "./goes-with.ts";
import type { GuardedChange } from "./view.ts";

/** A guarded change before it is known whether leave was given. */
export interface NamedChange {
  environment: string;
  project: string;
  urn: string;
  type: string;
  name: string;
  /** URN of the guarded change of the same stack that it only follows from. */
  with?: string;
}

/**
 * The guarded changes of a plan and which of them `--allow` covers.
 *
 * @param surroundings to tell which changes go with another; without, each is named by itself
 * @throws as {@link withLeave}
 */
export function guardedChanges(
  plans: readonly StackPlan[],
  allow: readonly string[],
  surroundings?: Surroundings,
): GuardedChange[] {
  const changes = plans.flatMap((plan) => {
    const follows = surroundings ? goesWith(plan, surroundings) : new Map<string, string>();
    return plan.steps
      .filter(({ guarded }) => guarded !== undefined)
      .map(({ urn, type, name }): NamedChange => {
        const leader = follows.get(urn);
        const { project, stack: environment } = plan;
        return { environment, project, urn, type, name, ...(leader === undefined ? {} : { with: leader }) };
      });
  });
  return withLeave(changes, allow);
}

/**
 * Which of these changes `--allow` covers, and what to write to allow the others. Leave for a change covers what goes with it.
 *
 * @param allow `PROJECT::[TYPE::]NAME`, each for this run only
 * @throws when one of `allow` fits nothing, or fits more than one type, listing the candidates
 */
export function withLeave(changes: readonly NamedChange[], allow: readonly string[]): GuardedChange[] {
  const leading = changes.filter((change) => change.with === undefined);
  for (const one of allow) {
    const fitting = changes.filter((change) => covers(one, change));
    if (fitting.length === 0)
      throw new Failure(`--allow ${one}: no guarded change has that name.${candidates(leading)}`, EXIT.usage);
    // What goes with another that fits is no second meaning of the name.
    const urns = new Set(fitting.map(({ urn }) => urn));
    const meant = new Set(
      fitting
        .filter((change) => change.with === undefined || !urns.has(change.with))
        .map(({ project, type, name }) => `${project}::${type}::${name}`),
    );
    if (meant.size > 1)
      throw new Failure(
        `--allow ${one}: more than one fits. Name the type:\n${[...meant].map((each) => `  --allow ${each}`).join("\n")}`,
        EXIT.usage,
      );
  }
  const named = (change: NamedChange) => allow.some((one) => covers(one, change));
  const allowed = new Set(changes.filter(named).map(({ environment, urn }) => `${environment} ${urn}`));
  return changes.map((change) => {
    const { environment, project, urn, type, name } = change;
    const alike = leading.some((other) => other.project === project && other.name === name && other.type !== type);
    return {
      environment,
      project,
      urn,
      allow: alike ? `${project}::${type}::${name}` : `${project}::${name}`,
      allowed:
        allowed.has(`${environment} ${urn}`) || (change.with !== undefined && allowed.has(`${environment} ${change.with}`)),
      ...(change.with === undefined ? {} : { with: change.with }),
    };
  });
}

type Named = Pick<NamedChange, "project" | "type" | "name">;

function covers(allow: string, { project, type, name }: Named): boolean {
  return allow === `${project}::${name}` || allow === `${project}::${type}::${name}`;
}

function candidates(changes: readonly Named[]): string {
  const names = [...new Set(changes.map(({ project, name }) => `${project}::${name}`))].sort();
  return names.length === 0
    ? " Nothing here needs leave."
    : ` There are:\n${names.map((name) => `  --allow ${name}`).join("\n")}`;
}
