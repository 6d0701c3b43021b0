import type { PropertyPath } from "./paths.ts";
import type { PropertyMap, PropertyValue } from "./value.ts";
import { equal } from "./equal.ts";
import { isMap, own } from "./maps.ts";
import { deleteAt, printPath, setAt } from "./paths.ts";

/** One difference between two property maps, as deep as it can be told. */
export interface Difference {
  /** As Pulumi prints it, for example `tags.Name` or `rules[2].priority`. */
  path: string;
  /** The same, in parts; the first is the top-level key. */
  keys: PropertyPath;
  kind: "add" | "update" | "delete";
  /** Undefined when added. */
  old: PropertyValue | undefined;
  /** Undefined when deleted. */
  new: PropertyValue | undefined;
}

/**
 * What changed from `old` to `new`: by key in sorted order, lists by index. Empty exactly when the two are `equal`.
 *
 * Added and deleted maps are one difference each. Secrets, unknowns, references and assets are compared whole: a difference
 * never looks inside a secret. An unknown differs from everything but an unknown.
 */
export function diff(old: PropertyMap, next: PropertyMap): Difference[] {
  const found: Difference[] = [];
  compareMaps([], old, next, found);
  return found;
}

/** The top-level keys that differ, each once. */
export function changedKeys(differences: readonly Difference[]): string[] {
  return [...new Set(differences.map((difference) => String(difference.keys[0])))];
}

/** `old` with the differences made: `applyDifferences(old, diff(old, next))` equals `next`. */
export function applyDifferences(old: PropertyMap, differences: readonly Difference[]): PropertyMap {
  let result = old;
  for (const { kind, keys, new: value } of differences) if (kind !== "delete") result = setAt(result, keys, value!);
  // From the last one, so that an element of a list that goes does not move those still to go.
  for (const { kind, keys } of differences.toReversed()) if (kind === "delete") result = deleteAt(result, keys);
  return result;
}

function compareMaps(keys: PropertyPath, old: PropertyMap, next: PropertyMap, found: Difference[]): void {
  for (const key of sortedKeys(old, next)) compare([...keys, key], own(old, key), own(next, key), found);
}

function compareLists(keys: PropertyPath, old: PropertyValue[], next: PropertyValue[], found: Difference[]): void {
  const both = Math.min(old.length, next.length);
  for (let i = 0; i < both; i++) compare([...keys, i], old[i], next[i], found);
  // Past the end of the other, `null` is an element too.
  for (let i = both; i < old.length; i++) found.push(difference([...keys, i], old[i], undefined));
  for (let i = both; i < next.length; i++) found.push(difference([...keys, i], undefined, next[i]));
}

function compare(keys: PropertyPath, old: PropertyValue | undefined, next: PropertyValue | undefined, found: Difference[]): void {
  if (equal(old, next)) return;
  if (isMap(old) && isMap(next)) compareMaps(keys, old, next, found);
  else if (Array.isArray(old) && Array.isArray(next)) compareLists(keys, old, next, found);
  else if (typeof keys.at(-1) === "number") found.push(difference(keys, old, next));
  // In a map `null` is nothing.
  else found.push(difference(keys, old ?? undefined, next ?? undefined));
}

function difference(keys: PropertyPath, old: PropertyValue | undefined, next: PropertyValue | undefined): Difference {
  const kind = old === undefined ? "add" : next === undefined ? "delete" : "update";
  return { path: printPath(keys), keys, kind, old, new: next };
}

function sortedKeys(a: PropertyMap, b: PropertyMap): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}
