import type { ResourceState, Step } from "../../types.ts";
import type { Run } from "../run.ts";
import { RegistrationError } from "../error.ts";

/** One change that may be made although it is guarded: `PROJECT::[TYPE::]NAME`. */
export interface Allowance {
  project: string;
  /** Undefined: any type. */
  type: string | undefined;
  name: string;
  text: string;
}

export type Guard = NonNullable<Step["guarded"]>;

/** @throws when one is not of the form `PROJECT::[TYPE::]NAME`. */
export function parseAllowances(texts: readonly string[]): Allowance[] {
  return texts.map((text) => {
    const [project, ...rest] = text.split("::");
    // Types have single colons in them (`toy:index:Box`), names hardly ever begin like that.
    const typed = rest.length > 1 && rest[0]!.includes(":");
    const name = rest.slice(typed ? 1 : 0).join("::");
    if (!project || name === "") throw new Error(`"${text}" can't be allowed: write PROJECT::NAME or PROJECT::TYPE::NAME`);
    return { project, type: typed ? rest[0] : undefined, name, text };
  });
}

/** Why deleting or replacing a resource needs leave; undefined when it needs none. */
export function guardOf(run: Run, resource: ResourceState): Guard | undefined {
  if (resource.external) return undefined;
  if (resource.protect) return "protect";
  return run.providers.describe(resource).guarded;
}

/**
 * Refuses deletions and replacements that need leave and don't have it, all in one error.
 *
 * @param reason what the caller is about to do, for example `"a" is replaced and must be deleted first`; may be empty
 */
export function refuseGuarded(run: Run, action: "delete" | "replace", resources: readonly ResourceState[], reason = ""): void {
  if (run.allow === undefined || run.preview) return;
  const refused: string[] = [];
  for (const resource of resources) {
    const guard = guardOf(run, resource);
    if (guard === undefined) continue;
    const refusal = refusalOf(run, resource, run.allow);
    if (refusal !== undefined) refused.push(`${action} of ${resource.name} (${resource.type}), ${MEANING[guard]}. ${refusal}`);
  }
  if (refused.length === 0) return;
  const heading = reason === "" ? "not allowed" : `not allowed (${reason})`;
  throw new RegistrationError(
    "refused",
    `${heading}: ${refused.join("\n")}`,
    resources.length === 1 ? resources[0]!.urn : undefined,
  );
}

const MEANING: Record<Guard, string> = {
  protect: "which is protected (`protect: true`)",
  data: "which holds data",
  foundation: "which others stand on",
};

function refusalOf(run: Run, resource: ResourceState, allow: readonly Allowance[]): string | undefined {
  const { project } = run.options;
  const exact = `${project}::${resource.type}::${resource.name}`;
  const matching = allow.filter((allowed) => allowed.project === project && allowed.name === resource.name);
  if (matching.some((allowed) => allowed.type === resource.type)) return undefined;
  const byName = matching.find((allowed) => allowed.type === undefined);
  if (byName === undefined) return `To do it nevertheless, allow it for this run: --allow ${exact}`;
  const candidates = guardedNamed(run, resource.name);
  if (candidates.length <= 1) return undefined;
  return `"${byName.text}" is ambiguous; allow one of: ${candidates.map((type) => `${project}::${type}::${resource.name}`).join(", ")}`;
}

/** Types of all guarded resources with a name, sorted. */
function guardedNamed(run: Run, name: string): string[] {
  const types = run.snapshot
    .entries()
    .filter((entry) => entry.name === name && guardOf(run, entry) !== undefined)
    .map((entry) => entry.type);
  return [...new Set(types)].sort();
}
