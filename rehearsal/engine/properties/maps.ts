import type { PropertyMap, PropertyValue } from "./value.ts";
import { Asset, ResourceReference, Secret, Unknown } from "./value.ts";

/** A map of properties, as opposed to a scalar, a list or one of the five special values. */
export function isMap(value: PropertyValue | undefined): value is PropertyMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Secret) &&
    !(value instanceof Unknown) &&
    !(value instanceof ResourceReference) &&
    !(value instanceof Asset)
  );
}

/** What the map itself holds at a key: a tag may well be called `constructor` or `__proto__`. */
export function own(map: PropertyMap, key: string): PropertyValue | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Sets a key, also one that assignment would take for the prototype. */
export function put<T>(map: Record<string, T>, key: string, value: NoInfer<T>): void {
  if (key === "__proto__") Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
  else map[key] = value;
}

/** A map with each value replaced by `change(value)`; the same map when nothing changed, so that big unchanged trees are not copied. */
export function mapValues(map: PropertyMap, change: (value: PropertyValue) => PropertyValue): PropertyMap {
  const keys = Object.keys(map);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    const changed = change(map[key]!);
    if (changed === map[key]) continue;
    const copy: PropertyMap = {};
    for (let j = 0; j < i; j++) put(copy, keys[j]!, map[keys[j]!]!);
    put(copy, key, changed);
    for (let j = i + 1; j < keys.length; j++) put(copy, keys[j]!, change(map[keys[j]!]!));
    return copy;
  }
  return map;
}

/** As {@link mapValues}, for a list. */
export function mapElements(list: PropertyValue[], change: (value: PropertyValue) => PropertyValue): PropertyValue[] {
  for (let i = 0; i < list.length; i++) {
    const changed = change(list[i]!);
    if (changed !== list[i]) return [...list.slice(0, i), changed, ...list.slice(i + 1).map(change)];
  }
  return list;
}
