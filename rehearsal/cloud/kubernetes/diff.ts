import {
  changedKeys,
  diff,
  type DiffRequest,
  type DiffResult,
  equal,
  getAt,
  isMap,
  parsePath,
  type PropertyDiff,
  type PropertyMap,
} from "@fairway/engine";
import { isAutonamed } from "./check.ts";
import type { Configuration } from "./configuration.ts";
import type { Kind } from "./kinds.ts";
import { ALWAYS_REPLACED_ON, REFUSAL_SOURCE, REFUSED_IN_PLACE, REPLACED_ON, REPLACEMENT_SOURCE } from "./replacement.ts";

const SOURCES = {
  published: "Kubernetes 1.36 OpenAPI: the field is there; in place, as the provider replaces for others only",
  written: "a schema written here from documentation: the field is there; whether it may change is the API server's to say",
};

/** What an update of an object would do. */
export function diffObject(kind: Kind, { mutable }: Configuration, { oldInputs, newInputs }: DiffRequest): DiffResult {
  const found = diff(oldInputs, newInputs);
  const replacing = pathsOf(kind, mutable).filter(differs(oldInputs, newInputs));
  const refused = refusedInPlace(kind, oldInputs, newInputs);
  const detailedDiff: Record<string, PropertyDiff> = {};
  for (const { keys, path, kind: change } of found) {
    const concerns = (paths: readonly Path[]) => paths.some((other) => isWithin(keys, other) || isWithin(other, keys));
    const replace = concerns(replacing);
    detailedDiff[path] = { kind: change, replace, ...knowledge(replace, concerns(refused)) };
  }
  const replaceKeys = [...new Set(replacing.map(([key]) => String(key)))].sort();
  return {
    changedKeys: changedKeys(found),
    replaceKeys,
    detailedDiff,
    deleteBeforeReplace: replaceKeys.length > 0 && sharesName(oldInputs, newInputs),
    recomputed: [],
  };

  function knowledge(replace: boolean, isRefused: boolean): Pick<PropertyDiff, "known" | "source"> {
    if (replace) return { known: "modelled", source: REPLACEMENT_SOURCE };
    return isRefused ? { known: "modelled", source: REFUSAL_SOURCE } : { known: "schema", source: SOURCES[kind.schema] };
  }
}

/** Paths of what changes although the API server refuses it. */
export function refusedInPlace({ name }: Kind, oldInputs: PropertyMap, newInputs: PropertyMap): Path[] {
  return (REFUSED_IN_PLACE[name] ?? []).map(parsePath).filter(differs(oldInputs, newInputs));
}

function differs(oldInputs: PropertyMap, newInputs: PropertyMap) {
  return (path: Path) => !equal(getAt(oldInputs, path), getAt(newInputs, path));
}

type Path = readonly (string | number)[];

function pathsOf({ name }: Kind, mutable: Configuration["mutable"]): Path[] {
  const isMutable = (name === "v1:ConfigMap" && mutable.ConfigMap) || (name === "v1:Secret" && mutable.Secret);
  return [...ALWAYS_REPLACED_ON, ...(isMutable ? [] : (REPLACED_ON[name] ?? []))].map(parsePath);
}

function isWithin(inner: Path, outer: Path): boolean {
  return outer.every((key, index) => inner[index] === key);
}

/** Whether old and new would have one name, chosen by the program, in one namespace: then the old one must go first. */
function sharesName(oldInputs: PropertyMap, newInputs: PropertyMap): boolean {
  const [before, after] = [oldInputs.metadata, newInputs.metadata];
  if (!isMap(before) || !isMap(after) || isAutonamed(after)) return false;
  return typeof after.name === "string" && equal(before.name, after.name) && equal(before.namespace, after.namespace);
}
