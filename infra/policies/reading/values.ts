import type { Json, JsonMap, PlannedResource } from "@fairway/resources";

/**
 * Whether a plan can't tell an input yet: it, something in it, or what holds it comes only from the update. Nothing can be judged
 * of it.
 *
 * @param path for example `storageEncrypted` or `spec.template.spec.containers[0].image`
 */
export function unknown({ unknowns }: Pick<PlannedResource, "unknowns">, ...paths: string[]): boolean {
  return paths.some((path) => unknowns.some((other) => contains(other, path) || contains(path, other)));
}

/** Whether an input, or what holds it, is a secret. */
export function secret({ secrets }: Pick<PlannedResource, "secrets">, path: string): boolean {
  return secrets.some((other) => contains(other, path));
}

function contains(outer: string, inner: string): boolean {
  return inner === outer || (inner.startsWith(outer) && /^[.[]/.test(inner.slice(outer.length)));
}

export function map(value: Json | undefined): JsonMap | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
}

/** The maps in a list. What is unknown stands in it as null, and is left out. */
export function maps(value: Json | undefined): JsonMap[] {
  return list(value)
    .map(map)
    .filter((each) => each !== undefined);
}

export function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** A text or a list of texts, as a list: AWS's documents allow either. */
export function texts(value: Json | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === "string");
}

export function text(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function number(value: Json | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** JSON of a document that stands as text; undefined when it is none. */
export function parsed(value: Json | undefined): Json | undefined {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return undefined;
  }
}

/** What is found in the texts of a value, with their paths: written only for what is found, since most is not. */
export function found(value: Json, find: (text: string) => string | undefined, path = ""): { path: string; what: string }[] {
  const results: { path: string; what: string }[] = [];
  const keys: (string | number)[] = [];
  walk(value);
  return results;

  function walk(here: Json): void {
    if (typeof here === "string") {
      const what = find(here);
      if (what !== undefined) results.push({ path: keys.reduce<string>(joined, path), what });
    } else if (typeof here === "object" && here !== null) {
      for (const [key, each] of Array.isArray(here) ? here.entries() : Object.entries(here)) {
        keys.push(key);
        walk(each);
        keys.pop();
      }
    }
  }
}

function joined(path: string, key: string | number): string {
  return typeof key === "number" ? `${path}[${key}]` : printed(path, key);
}

/** A key below a path, written as the plan writes its own paths. */
export function printed(path: string, key: string): string {
  if (!/^[A-Za-z0-9_]+$/.test(key)) return `${path}["${key.replace(/["\\]/g, "\\$&")}"]`;
  return path === "" ? key : `${path}.${key}`;
}
