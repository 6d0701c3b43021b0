import type { StackPlan } from "@fairway/planner";
import { EXIT, Failure } from "../failure.ts";
import type { GuardedChange } from "./view.ts";

/** A guarded change before it is known whether leave was given. */
export interface NamedChange {
  environment: string;
  project: string;
  urn: string;
  type: string;
  name: string;
}

/** The guarded changes of a plan and which of them `--allow` covers. @throws as {@link withLeave} */
export function guardedChanges(plans: readonly StackPlan[], allow: readonly string[]): GuardedChange[] {
  const changes = plans.flatMap(({ project, stack, steps }) =>
    steps
      .filter(({ guarded }) => guarded !== undefined)
      .map(({ urn, type, name }) => ({ environment: stack, project, urn, type, name })),
  );
  return withLeave(changes, allow);
}

/**
 * Which of these changes `--allow` covers, and what to write to allow the others.
 *
 * @param allow `PROJECT::[TYPE::]NAME`, each for this run only
 * @throws when one of `allow` fits nothing, or fits more than one type, listing the candidates
 */
export function withLeave(changes: readonly NamedChange[], allow: readonly string[]): GuardedChange[] {
  for (const one of allow) {
    const fitting = new Set(
      changes.filter((change) => covers(one, change)).map(({ project, type, name }) => `${project}::${type}::${name}`),
    );
    if (fitting.size === 0)
      throw new Failure(`--allow ${one}: no guarded change has that name.${candidates(changes)}`, EXIT.usage);
    if (fitting.size > 1)
      throw new Failure(
        `--allow ${one}: more than one fits. Name the type:\n${[...fitting].map((each) => `  --allow ${each}`).join("\n")}`,
        EXIT.usage,
      );
  }
  return changes.map(({ environment, project, urn, type, name }) => {
    const alike =
      new Set(changes.filter((other) => other.project === project && other.name === name).map((other) => other.type)).size > 1;
    return {
      environment,
      project,
      urn,
      allow: alike ? `${project}::${type}::${name}` : `${project}::${name}`,
      allowed: allow.some((one) => covers(one, { project, type, name })),
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
