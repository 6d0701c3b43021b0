import type { PropertyMap, PropertyValue } from "../../properties/value.ts";
import type { PropertyDiff } from "../../provider.ts";
import { type PropertyPath, getAt, parsePath } from "../../properties/paths.ts";
import { Asset, ResourceReference, Secret, unknown } from "../../properties/value.ts";
import { markSecrets } from "./secrets.ts";

/** Values in a sentence are cut after this many characters. */
const LONGEST_VALUE = 80;
/** More changes than this are counted, not told. */
const MOST_CHANGES = 4;

/** "update because tags.Name a → b": the changes that a step rests on, with their values. Secrets print as `[secret]`. */
export function because(
  op: "update" | "replace",
  detailedDiff: Record<string, PropertyDiff>,
  keys: readonly string[],
  oldInputs: PropertyMap,
  newInputs: PropertyMap,
): string {
  const relevant = Object.entries(detailedDiff)
    .filter(([, change]) => op === "update" || change.replace)
    .map(([path]) => path);
  const paths = relevant.length > 0 ? relevant : keys;
  // A value that becomes secret may be the same as when it was plain, and the other way round.
  const before = markSecrets(oldInputs, newInputs);
  const after = markSecrets(newInputs, oldInputs);
  const told = paths.slice(0, MOST_CHANGES).map((path) => `${path} ${shownAt(before, path)} → ${shownAt(after, path)}`);
  const more = paths.length - told.length;
  return `${op} because ${told.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function shownAt(inputs: PropertyMap, text: string): string {
  const path = pathOf(text);
  for (let depth = 1; depth <= path.length; depth++) {
    if (getAt(inputs, path.slice(0, depth)) instanceof Secret) return "[secret]";
  }
  return shown(getAt(inputs, path));
}

/** A path as a provider names it; one that can't be read is taken as a key. */
export function pathOf(text: string): PropertyPath {
  try {
    return parsePath(text);
  } catch {
    return [text];
  }
}

function shown(value: PropertyValue | undefined): string {
  if (value === undefined || value === null) return "(none)";
  if (value === unknown) return "(known after update)";
  if (value instanceof ResourceReference) return value.urn;
  if (value instanceof Asset) return `${value.kind} ${value.hash.slice(0, 8)}`;
  const text = typeof value === "string" ? value || '""' : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}
