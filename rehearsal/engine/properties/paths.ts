import type { PropertyMap, PropertyValue } from "./value.ts";
import { Secret } from "./value.ts";
import { isMap, own, put } from "./maps.ts";

/**
 * The way to a nested property: keys of maps and indexes of lists. `"*"` stands for any one of either.
 *
 * Written as in Pulumi: `tags.Name`, `rules[0].priority`, `rules[*].priority`, `metadata["app.kubernetes.io/name"]`.
 */
export type PropertyPath = readonly (string | number)[];

/** Reads a path. @throws when it is not one, with the place and what may stand there. */
export function parsePath(text: string): PropertyPath {
  const path: (string | number)[] = [];
  let at = 0;
  if (text === "" || text[0] === ".") fail(text, 0, "a path starts with a name or an index");
  while (at < text.length) {
    if (text[at] === ".") {
      at += 1;
      if (at === text.length) fail(text, at, "a name or an index must follow the dot");
    }
    if (text.startsWith('["', at)) readQuoted();
    else if (text[at] === "[") readIndex();
    else readName();
  }
  return path;

  function readName(): void {
    const end = /[.[]/g;
    end.lastIndex = at;
    const stop = end.exec(text)?.index ?? text.length;
    if (stop === at) fail(text, at, "a name is missing");
    path.push(text.slice(at, stop));
    at = stop;
  }

  function readIndex(): void {
    const close = text.indexOf("]", at);
    if (close < 0) fail(text, at, "the bracket is not closed");
    const index = text.slice(at + 1, close);
    if (index !== "*" && !/^\d+$/.test(index)) fail(text, at + 1, `an index is a number or *, and a key is quoted: ["${index}"]`);
    path.push(index === "*" ? "*" : Number(index));
    at = close + 1;
  }

  function readQuoted(): void {
    let key = "";
    let i = at + 2;
    for (; text[i] !== '"'; i++) {
      if (text[i] === "\\" && (text[i + 1] === '"' || text[i + 1] === "\\")) i += 1;
      if (i >= text.length) fail(text, at, "the quote is not closed");
      key += text[i];
    }
    if (text[i + 1] !== "]") fail(text, i + 1, "the bracket is not closed");
    path.push(key);
    at = i + 2;
  }
}

function fail(text: string, at: number, why: string): never {
  throw new Error(
    `property path "${text}", character ${at + 1}: ${why}. Paths look like tags.Name, rules[0].priority, rules[*].priority or ["odd key"].`,
  );
}

/** Writes a path as Pulumi does: keys with anything but letters, digits and underscores are quoted. */
export function printPath(path: PropertyPath): string {
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += `[${key}]`;
    else if (/^[A-Za-z0-9_]+$/.test(key)) text += text === "" ? key : `.${key}`;
    else text += `["${key.replace(/["\\]/g, "\\$&")}"]`;
  }
  return text;
}

/** Whether `pattern` leads to `path` or to something that holds it: `tags` and `*` contain `tags.Name`, `tags.Name` does not contain `tags`. */
export function contains(pattern: PropertyPath, path: PropertyPath): boolean {
  return pattern.length <= path.length && pattern.every((key, i) => key === "*" || key === path[i]);
}

/** Whether `pattern` leads to exactly `path`. */
export function matches(pattern: PropertyPath, path: PropertyPath): boolean {
  return pattern.length === path.length && contains(pattern, path);
}

/** The value at a path without wildcards, looking through secrets; undefined when there is none. */
export function getAt(value: PropertyValue | undefined, path: PropertyPath): PropertyValue | undefined {
  let here = value;
  for (const key of path) here = step(here, key);
  return here;
}

/** The existing paths in a value that a pattern leads to, in order. */
export function expand(value: PropertyValue, pattern: PropertyPath): PropertyPath[] {
  const [key, ...rest] = pattern;
  if (key === undefined) return [[]];
  const keys = key === "*" ? keysOf(value) : step(value, key) === undefined ? [] : [key];
  return keys.flatMap((k) => expand(step(value, k)!, rest).map((tail) => [k, ...tail]));
}

/**
 * A copy of `value` with `part` at a path. Missing maps and lists on the way are made, a list is filled up with `null`, and a
 * secret on the way stays secret. @throws when something on the way is neither a map nor a list as the path needs it.
 */
export function setAt(value: PropertyMap, path: PropertyPath, part: PropertyValue): PropertyMap;
export function setAt(value: PropertyValue | undefined, path: PropertyPath, part: PropertyValue): PropertyValue;
export function setAt(value: PropertyValue | undefined, path: PropertyPath, part: PropertyValue): PropertyValue {
  const [key, ...rest] = path;
  if (key === undefined) return part;
  if (value instanceof Secret) return new Secret(setAt(value.value, path, part));
  if (typeof key === "number") {
    if (value !== undefined && value !== null && !Array.isArray(value)) throw mismatch(path, "a list");
    const list = Array.isArray(value) ? [...value] : [];
    while (list.length <= key) list.push(null);
    list[key] = setAt(list[key], rest, part);
    return list;
  }
  if (value !== undefined && value !== null && !isMap(value)) throw mismatch(path, "a map");
  return withKey(value ?? {}, key, setAt(own(value ?? {}, key), rest, part));
}

/** A copy without what is at a path; later elements of a list move down. The same value when there is nothing. */
export function deleteAt(value: PropertyMap, path: PropertyPath): PropertyMap;
export function deleteAt(value: PropertyValue, path: PropertyPath): PropertyValue;
export function deleteAt(value: PropertyValue, path: PropertyPath): PropertyValue {
  const [key, ...rest] = path;
  if (key === undefined || getAt(value, path) === undefined) return value;
  if (value instanceof Secret) return new Secret(deleteAt(value.value, path));
  if (rest.length > 0) return setAt(value, [key], deleteAt(step(value, key)!, rest));
  if (Array.isArray(value)) return value.toSpliced(Number(key), 1);
  return withoutKey(value as PropertyMap, String(key));
}

export function withKey(map: PropertyMap, key: string, value: PropertyValue): PropertyMap {
  const copy = { ...map };
  put(copy, key, value);
  return copy;
}

export function withoutKey(map: PropertyMap, key: string): PropertyMap {
  if (!Object.hasOwn(map, key)) return map;
  const copy = { ...map };
  delete copy[key];
  return copy;
}

function step(value: PropertyValue | undefined, key: string | number): PropertyValue | undefined {
  if (value instanceof Secret) return step(value.value, key);
  if (Array.isArray(value)) return typeof key === "number" ? value[key] : undefined;
  return isMap(value) && typeof key === "string" ? own(value, key) : undefined;
}

function keysOf(value: PropertyValue): (string | number)[] {
  if (value instanceof Secret) return keysOf(value.value);
  if (Array.isArray(value)) return [...value.keys()];
  return isMap(value) ? Object.keys(value).sort() : [];
}

function mismatch(path: PropertyPath, wanted: string): Error {
  return new Error(`can't set a property at "${printPath(path)}": what is there already is not ${wanted}`);
}
