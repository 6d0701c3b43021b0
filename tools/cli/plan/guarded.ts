import type { StackPlan } from "@fairway/planner";
import { EXIT, Failure } from "../failure.ts";
import { goesWith, type Surroundings } from "./goes-with.ts";
import { shellWord } from "./markdown/quote.ts";
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
 * @param allow `PROJECT::[TYPE::]NAME` for every environment, or a URN for one; each for this run only
 * @throws when one of `allow` fits nothing, or more than one thing, listing the candidates
 */
export function withLeave(changes: readonly NamedChange[], allow: readonly string[]): GuardedChange[] {
  for (const one of allow) {
    const fitting = changes.filter((change) => covers(one, change));
    if (fitting.length === 0)
      throw new Failure(`--allow ${one}: no guarded change has that name.${candidates(changes)}`, EXIT.usage);
    // What goes with another that fits is no second meaning of the name.
    const urns = new Set(fitting.map(({ urn }) => urn));
    const meant = fitting.filter((change) => change.with === undefined || !urns.has(change.with));
    if (new Set(meant.map(placeOf)).size > 1) {
      const typed = distinct(meant.map(({ type }) => type)).length === distinct(meant.map(placeOf)).length;
      const written = meant.map((change) => (typed ? `${change.project}::${change.type}::${change.name}` : change.urn));
      throw new Failure(
        `--allow ${one}: more than one fits. Name ${typed ? "the type" : "one"}:\n${listed(written)}`,
        EXIT.usage,
      );
    }
  }
  const named = (change: NamedChange) => allow.some((one) => covers(one, change));
  const allowed = new Set(changes.filter(named).map(({ environment, urn }) => `${environment} ${urn}`));
  return changes.map((change) => {
    const { environment, project, urn } = change;
    return {
      environment,
      project,
      urn,
      allow: nameOf(change, changes),
      allowed:
        allowed.has(`${environment} ${urn}`) || (change.with !== undefined && allowed.has(`${environment} ${change.with}`)),
      ...(change.with === undefined ? {} : { with: change.with }),
    };
  });
}

function covers(allow: string, { project, type, name, urn }: NamedChange): boolean {
  return allow === `${project}::${name}` || allow === `${project}::${type}::${name}` || allow === urn;
}

/** The shortest that means this change, in whatever environment, and no other. */
function nameOf(change: NamedChange, all: readonly NamedChange[]): string {
  const { project, type, name } = change;
  const alike = all.filter(
    (other) =>
      other.project === project &&
      other.name === name &&
      placeOf(other) !== placeOf(change) &&
      (other.with === undefined || withoutStack(other.with) !== placeOf(change)),
  );
  if (alike.length === 0) return `${project}::${name}`;
  return alike.some((other) => other.type === type) ? change.urn : `${project}::${type}::${name}`;
}

/** What is one thing in every environment. */
const placeOf = ({ urn }: NamedChange) => withoutStack(urn);
const withoutStack = (urn: string) => urn.replace(/^urn:pulumi:[^:]*::/, "");

function candidates(changes: readonly NamedChange[]): string {
  const leading = changes.filter((change) => change.with === undefined);
  const names = leading.map((change) => nameOf(change, changes));
  return names.length === 0 ? " Nothing here needs leave." : ` There are:\n${listed(names)}`;
}

function listed(names: readonly string[]): string {
  return distinct(names)
    .sort()
    .map((name) => `  --allow ${shellWord(name)}`)
    .join("\n");
}

const distinct = <T>(values: readonly T[]) => [...new Set(values)];
