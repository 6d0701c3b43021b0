import type { PropertyPath } from "./paths.ts";
import type { PropertyMap, PropertyValue } from "./value.ts";
import { markSecret } from "./equal.ts";
import { isMap, own } from "./maps.ts";
import { parsePath, withKey, withoutKey } from "./paths.ts";
import { Secret } from "./value.ts";

/**
 * `newInputs` with what the paths lead to as it is in `oldInputs`: Pulumi's `ignoreChanges`.
 *
 * What the old inputs lack is taken out. Nothing on the way is made, and a list never changes its length: a path that would
 * need either is an error, unless it leads nowhere in both.
 *
 * @throws naming all paths that can't be ignored, and paths that can't be read
 */
export function ignoreChanges(oldInputs: PropertyMap, newInputs: PropertyMap, paths: readonly string[]): PropertyMap {
  let result = newInputs;
  const impossible: string[] = [];
  for (const text of paths) {
    const kept = reset(oldInputs, result, parsePath(text));
    if (isMap(kept)) result = kept;
    else impossible.push(text);
  }
  if (impossible.length === 0) return result;
  throw new Error(
    `ignoreChanges can't keep the old value of ${impossible.map((path) => `"${path}"`).join(", ")}: something on the way is missing ` +
      `in the old or the new inputs, or a list has another length. Name the property that holds it instead.`,
  );
}

/** `next` with the old value at the path, or undefined when that can't be done. */
function reset(old: PropertyValue | undefined, next: PropertyValue | undefined, path: PropertyPath): PropertyValue | undefined {
  if (next instanceof Secret) {
    const inner = reset(old instanceof Secret ? old.value : old, next.value, path);
    return inner === undefined ? undefined : inner === next.value ? next : markSecret(inner);
  }
  if (old instanceof Secret) return resetFromSecret(old, next, path);
  return path.length === 1 ? resetKey(old, next, path[0]!) : descend(old, next, path);
}

/** What comes out of a secret stays one, in a place that is not. */
function resetFromSecret(old: Secret, next: PropertyValue | undefined, path: PropertyPath): PropertyValue | undefined {
  const marked = isMap(old.value)
    ? Object.fromEntries(Object.entries(old.value).map(([key, value]) => [key, markSecret(value)]))
    : Array.isArray(old.value)
      ? old.value.map(markSecret)
      : old.value;
  return reset(marked, next, path);
}

function resetKey(
  old: PropertyValue | undefined,
  next: PropertyValue | undefined,
  key: string | number,
): PropertyValue | undefined {
  if (key === "*") return resetAll(old, next);
  if (typeof key === "number") {
    if (!Array.isArray(old) && !Array.isArray(next)) return next ?? null;
    if (!Array.isArray(old) || !Array.isArray(next) || key < old.length !== key < next.length) return undefined;
    return key < next.length ? next.with(key, old[key]!) : next;
  }
  const value = isMap(old) ? own(old, key) : undefined;
  if (value === undefined) return isMap(next) ? withoutKey(next, key) : (next ?? null);
  return isMap(next) ? withKey(next, key, value) : undefined;
}

function resetAll(old: PropertyValue | undefined, next: PropertyValue | undefined): PropertyValue | undefined {
  if (isMap(next)) return isMap(old) ? old : next;
  if (!Array.isArray(next)) return undefined;
  if (!Array.isArray(old)) return next;
  return old.length === next.length ? old : undefined;
}

function descend(old: PropertyValue | undefined, next: PropertyValue | undefined, path: PropertyPath): PropertyValue | undefined {
  const [key, ...rest] = path;
  if (key === "*") return descendAll(old, next, rest);
  if (typeof key === "number") {
    if (!Array.isArray(old) && !Array.isArray(next)) return next ?? null;
    if (!Array.isArray(old) || !Array.isArray(next) || key >= old.length || key >= next.length) return undefined;
    const inner = reset(old[key], next[key], rest);
    return inner === undefined ? undefined : next.with(key, inner);
  }
  if (!isMap(old) && !isMap(next)) return next ?? null;
  if (!isMap(old) || !isMap(next)) return undefined;
  const [before, after] = [own(old, key!), own(next, key!)];
  if (after === undefined) return before === undefined ? next : undefined;
  const inner = reset(before, after, rest);
  return inner === undefined ? undefined : withKey(next, key!, inner);
}

/** Every old element must still be there to take its value; a new one that the old lacks stays as it is. */
function descendAll(
  old: PropertyValue | undefined,
  next: PropertyValue | undefined,
  rest: PropertyPath,
): PropertyValue | undefined {
  const lists = Array.isArray(old) && Array.isArray(next) && old.length === next.length;
  if (!lists && !(isMap(old) && isMap(next))) return undefined;
  const keys: (string | number)[] = lists ? [...old.keys()] : Object.keys(old as PropertyMap);
  let result: PropertyValue | undefined = next;
  for (const key of keys) {
    if (!lists && own(next as PropertyMap, String(key)) === undefined) return undefined;
    result = descend(old, result, [key, ...rest]);
    if (result === undefined) return undefined;
  }
  return result;
}
