import { changedKeys, diff, type DiffRequest, type DiffResult, type PropertyDiff, type PropertyMap } from "@fairway/engine";
import { sharesChosenName } from "./auto-name.ts";
import type { Model, Replacements } from "./model.ts";

/** What an update of a modelled resource would do, property by property, and how that is known. */
export function diffModelled(model: Model, replacements: Replacements, request: DiffRequest): DiffResult {
  const { oldInputs, newInputs } = request;
  const found = diff(oldInputs, newInputs).filter(({ keys }) => !meansTheSame(model, String(keys[0]), oldInputs, newInputs));
  const changed = changedKeys(found);
  const replaceKeys = changed.filter((key) => replaces(key, replacements, oldInputs, newInputs));
  const detailedDiff: Record<string, PropertyDiff> = {};
  for (const { keys, path, kind } of found) {
    const replace = replaceKeys.includes(String(keys[0]));
    detailedDiff[path] = { kind, replace, known: "modelled", source: replacements.source };
  }
  return {
    changedKeys: changed,
    replaceKeys,
    detailedDiff,
    deleteBeforeReplace:
      replaceKeys.length > 0 && (model.deleteBeforeReplace === true || sharesChosenName(model.autoName, oldInputs, newInputs)),
    recomputed: recomputedBy(model, changed),
  };
}

function meansTheSame(model: Model, key: string, oldInputs: PropertyMap, newInputs: PropertyMap): boolean {
  const [before, after] = [oldInputs[key], newInputs[key]];
  return before !== undefined && after !== undefined && (model.same?.[key]?.(before, after) ?? false);
}

function replaces(key: string, replacements: Replacements, oldInputs: PropertyMap, newInputs: PropertyMap): boolean {
  if (replacements.properties.includes(key)) return true;
  const when = replacements.sometimes?.[key];
  return when?.({ oldValue: oldInputs[key], newValue: newInputs[key], oldInputs, newInputs }) ?? false;
}

/** Computed outputs that a change of these inputs makes anew. */
export function recomputedBy(model: Model, changedKeys: readonly string[]): string[] {
  return Object.entries(model.recomputed ?? {})
    .filter(([, inputs]) => inputs.some((input) => changedKeys.includes(input)))
    .map(([output]) => output);
}
