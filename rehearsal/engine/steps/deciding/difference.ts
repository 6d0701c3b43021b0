import type { PropertyMap } from "../../properties/value.ts";
import type { DiffResult, Knowledge, PropertyDiff, Provider } from "../../provider.ts";
import type { ResourceState } from "../../types.ts";
import type { Run } from "../run.ts";
import { type Difference, diff } from "../../properties/diff.ts";
import { equal, unwrapSecrets } from "../../properties/equal.ts";
import { contains, expand, parsePath } from "../../properties/paths.ts";
import { pathOf } from "./why.ts";

const NOTHING: DiffResult = { changedKeys: [], replaceKeys: [], detailedDiff: {}, deleteBeforeReplace: false, recomputed: [] };

/**
 * What the provider says of a change, with every changed key told in detail, and what `replaceOnChanges` adds.
 *
 * Equal inputs are not asked about: there is no refresh here that could find anything else.
 */
export async function difference(
  run: Run,
  provider: Provider,
  old: ResourceState,
  newInputs: PropertyMap,
  replaceOnChanges: readonly string[],
): Promise<DiffResult> {
  const [before, after] = [unwrapSecrets(old.inputs), unwrapSecrets(newInputs)];
  if (equal(before, after)) return NOTHING;
  const { urn, type, id } = old;
  const said = await provider.diff({
    urn,
    type,
    id,
    oldInputs: before,
    oldOutputs: unwrapSecrets(old.outputs),
    newInputs: after,
  });
  if (said.changedKeys.length === 0 && said.replaceKeys.length === 0) return NOTHING;
  const assumed: Knowledge = run.providers.describe(old).model === "generic" ? "assumed" : "modelled";
  return withReplaceOnChanges(completed(said, before, after, assumed), before, after, replaceOnChanges);
}

/** The weakest knowledge among changes; `otherwise` when there are none. */
export function weakest(changes: readonly PropertyDiff[], otherwise: Knowledge): Knowledge {
  const order: Knowledge[] = ["assumed", "schema", "modelled"];
  return order.find((known) => changes.some((change) => change.known === known)) ?? otherwise;
}

/** Providers may name keys only; the plan shows properties. */
function completed(said: DiffResult, before: PropertyMap, after: PropertyMap, known: Knowledge): DiffResult {
  const detailed = new Set(Object.keys(said.detailedDiff).map((path) => String(pathOf(path)[0])));
  const missing = diff(before, after).filter(({ keys }) => {
    const key = String(keys[0]);
    return !detailed.has(key) && (said.changedKeys.includes(key) || said.replaceKeys.includes(key));
  });
  if (missing.length === 0) return said;
  const added = missing.map(({ path, kind, keys }) => [
    path,
    { kind, replace: said.replaceKeys.includes(String(keys[0])), known },
  ]);
  return { ...said, detailedDiff: { ...said.detailedDiff, ...Object.fromEntries(added) } };
}

function withReplaceOnChanges(
  said: DiffResult,
  before: PropertyMap,
  after: PropertyMap,
  patterns: readonly string[],
): DiffResult {
  if (patterns.length === 0) return said;
  const changes = diff(before, after).filter(({ keys }) => said.changedKeys.includes(String(keys[0])));
  const forced = changes.filter((change) => patterns.some((pattern) => touches(pattern, change, before, after)));
  if (forced.length === 0) return said;
  const detailedDiff = { ...said.detailedDiff };
  for (const { path, kind } of forced)
    detailedDiff[path] = { kind, replace: true, known: "modelled", source: "replaceOnChanges" };
  const keys = forced.map((change) => String(change.keys[0]));
  return { ...said, replaceKeys: [...new Set([...said.replaceKeys, ...keys])], detailedDiff };
}

/** Whether a change is inside what a pattern leads to, or takes or brings something that it leads to. */
function touches(text: string, change: Difference, before: PropertyMap, after: PropertyMap): boolean {
  const pattern = parsePath(text);
  if (contains(pattern, change.keys)) return true;
  return [before, after].some((inputs) => expand(inputs, pattern).some((path) => contains(change.keys, path)));
}
