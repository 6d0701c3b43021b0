import type { PropertyMap } from "../../properties/value.ts";
import type { ResourceState } from "../../types.ts";
import type { Run } from "../run.ts";
import { unwrapSecrets } from "../../properties/equal.ts";
import { unknown } from "../../properties/value.ts";
import { STACK_TYPE, providerUrn } from "../naming/urn.ts";

/** A resource that has to go with another one that is deleted before it is replaced. */
export interface Dependent {
  entry: ResourceState;
  replaceKeys: string[];
  why: string;
}

/**
 * The dependents that can't outlive `root`, each after what it needs: those on a replaced provider, those deleted with a replaced
 * resource, and those that their provider would replace if the affected inputs were to change.
 *
 * Old dependencies decide. What the program has registered already does not depend on `root` any more: `root` is only being
 * registered now.
 */
export async function dependentsToReplace(run: Run, root: ResourceState): Promise<Dependent[]> {
  const replaced = new Set([root.urn]);
  const affected = new Set(withComponents(run, root));
  const found: Dependent[] = [];
  for (const original of run.snapshot.originals()) {
    const entry = run.snapshot.live(original.urn);
    if (!entry?.custom || entry.external || entry.pendingReplacement) continue;
    if (replaced.has(entry.urn) || run.claims.has(entry.urn) || run.condemned.has(entry.urn)) continue;
    const verdict = await mustGo(run, entry, replaced, affected);
    if (!verdict) continue;
    found.push({ entry, ...verdict });
    replaced.add(entry.urn);
    for (const urn of withComponents(run, entry)) affected.add(urn);
  }
  return found;
}

async function mustGo(
  run: Run,
  entry: ResourceState,
  replaced: ReadonlySet<string>,
  affected: ReadonlySet<string>,
): Promise<Omit<Dependent, "entry"> | undefined> {
  if (replaced.has(providerUrn(entry.provider))) {
    return { replaceKeys: ["provider"], why: `replace because its provider ${nameOf(providerUrn(entry.provider))} is replaced` };
  }
  if (replaced.has(entry.deletedWith)) {
    return { replaceKeys: [], why: `replace because it is deleted with ${nameOf(entry.deletedWith)}, which is replaced` };
  }
  const keys = Object.keys(entry.inputs).filter((key) => entry.propertyDependencies[key]?.some((urn) => affected.has(urn)));
  if (keys.length === 0) return undefined;
  const oldInputs = unwrapSecrets(entry.inputs);
  const newInputs: PropertyMap = { ...oldInputs };
  for (const key of keys) newInputs[key] = unknown;
  const provider = await run.providers.of(entry);
  const { urn, type, id } = entry;
  const diff = await provider.diff({ urn, type, id, oldInputs, oldOutputs: unwrapSecrets(entry.outputs), newInputs });
  if (diff.replaceKeys.length === 0) return undefined;
  const source = keys.flatMap((key) => entry.propertyDependencies[key]!.filter((urn) => affected.has(urn))).map(nameOf);
  return {
    replaceKeys: diff.replaceKeys,
    why: `replace because ${diff.replaceKeys.join(", ")} comes from ${[...new Set(source)].join(", ")}, which is replaced`,
  };
}

/** A dependency on a component is one on what is in it. */
function withComponents(run: Run, entry: ResourceState): string[] {
  const urns = [entry.urn];
  for (let parent = run.snapshot.live(entry.parent); parent && !parent.custom; parent = run.snapshot.live(parent.parent)) {
    if (parent.type !== STACK_TYPE) urns.push(parent.urn);
  }
  return urns;
}

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}
