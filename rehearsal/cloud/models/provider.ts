import {
  changedKeys,
  type CheckFailure,
  diff,
  type DiffResult,
  type PropertyDiff,
  type PropertyMap,
  type Provider,
} from "@fairway/engine";
import { named } from "./auto-name.ts";
import { check } from "./check.ts";
import { diffModelled, recomputedBy } from "./diff.ts";
import { genericProvider } from "./generic.ts";
import type { Made, Model, Place, Replacements, TypeSchema } from "./model.ts";
import { derivedFrom } from "./seed.ts";

/** All that is known of one type. */
export interface ModelledType {
  model: Model;
  schema: TypeSchema;
  replacements: Replacements;
}

/** One package's rehearsed cloud, configured. */
export interface ModelledPackage {
  package: string;
  types: ReadonlyMap<string, ModelledType>;
  /** Where a resource with these inputs is made. */
  place: (inputs: PropertyMap) => Place;
  /** Outputs that every type of the package shares, for example merged tags. */
  shared?: (schema: TypeSchema, inputs: PropertyMap, place: Place) => PropertyMap;
  /** Functions by token. */
  functions: ReadonlyMap<string, (args: PropertyMap) => { result: PropertyMap; failures: CheckFailure[] }>;
  configure: (inputs: PropertyMap) => Promise<Provider>;
}

type CloudCalls = Pick<Provider, "describe" | "check" | "diff" | "create" | "read" | "update" | "delete" | "invoke">;

/**
 * A cloud that is a pure function: what a resource is follows from its inputs, its seed and the provider's configuration.
 *
 * So a repeated create answers with the same resource without remembering tokens, and nothing needs to be stored.
 */
export function modelledProvider(cloud: ModelledPackage): Provider {
  const generic = genericProvider(cloud.package);
  return {
    package: cloud.package,
    configure: cloud.configure,
    describe: (type) => callsFor(type).describe(type),
    check: (request) => callsFor(request.type).check(request),
    diff: (request) => callsFor(request.type).diff(request),
    create: (request) => callsFor(request.type).create(request),
    read: (request) => callsFor(request.type).read(request),
    update: (request) => callsFor(request.type).update(request),
    delete: (request) => callsFor(request.type).delete(request),
    async invoke({ token, args }) {
      const known = cloud.functions.get(token);
      if (known) return known(args);
      const rehearsed = [...cloud.functions.keys()].map((name) => name.split(":").at(-1)).sort();
      const reason = `${token} is not rehearsed. Pass its answer as configuration, or use one of ${rehearsed.join(", ")}.`;
      return { result: {}, failures: [{ property: "", reason }] };
    },
  };

  function callsFor(type: string): CloudCalls {
    const known = cloud.types.get(type);
    return known ? modelledCalls(cloud, known) : generic;
  }
}

function modelledCalls(cloud: ModelledPackage, { model, schema, replacements }: ModelledType): CloudCalls {
  return {
    describe: () => ({ model: "modelled", guarded: model.guarded, secretOutputs: schema.secretOutputs }),
    check: async (request) => check(model, schema, request),
    diff: async (request) =>
      withShared(diffModelled(model, replacements, request), sharedOutputs(request.newInputs), request.oldOutputs),
    async create({ inputs, seed }) {
      const place = cloud.place(inputs);
      const making = { inputs: named(model.autoName, inputs, derivedFrom(seed), undefined), place, ...derivedFrom(seed) };
      const id = model.id(making);
      return { id, outputs: outputsOf({ ...making, id, old: undefined }) };
    },
    async update({ id, oldInputs, oldOutputs, newInputs }) {
      // The seed of the creation is gone: what an update makes anew follows from the id and the new inputs.
      const derived = derivedFrom(`${id}\n${JSON.stringify(newInputs)}`);
      const inputs = named(model.autoName, newInputs, derived, oldOutputs);
      const fresh = outputsOf({ inputs, place: cloud.place(newInputs), ...derived, id, old: oldOutputs });
      const anew = new Set([
        ...recomputedBy(model, changedKeys(diff(oldInputs, newInputs))),
        ...Object.keys(sharedOutputs(newInputs)),
      ]);
      const isKept = (key: string) => key in oldOutputs && !(key in newInputs) && !(key in oldInputs) && !anew.has(key);
      return Object.fromEntries(Object.entries(fresh).map(([key, value]) => [key, isKept(key) ? oldOutputs[key]! : value]));
    },
    async read({ id, inputs }) {
      return outputsOf({ inputs, place: cloud.place(inputs), ...derivedFrom(`${model.type}\n${id}`), id, old: undefined });
    },
    delete: async () => {},
    invoke: () => Promise.reject(new Error("a type is not a function")),
  };

  function sharedOutputs(inputs: PropertyMap): PropertyMap {
    return cloud.shared?.(schema, inputs, cloud.place(inputs)) ?? {};
  }

  function outputsOf(made: Made): PropertyMap {
    return { ...made.inputs, ...sharedOutputs(made.inputs), ...model.outputs?.(made) };
  }
}

/**
 * Adds what changes because the provider's configuration did: default tags are nobody's inputs, yet changing them updates
 * every resource.
 */
function withShared(result: DiffResult, shared: PropertyMap, oldOutputs: PropertyMap): DiffResult {
  const before = Object.fromEntries(Object.keys(shared).map((key) => [key, oldOutputs[key] ?? shared[key]!]));
  const found = diff(before, shared);
  if (found.length === 0) return result;
  const keys = changedKeys(found);
  const recomputed = [...new Set([...result.recomputed, ...keys])];
  if (result.changedKeys.length > 0) return { ...result, recomputed };
  const source = "the provider's default tags changed";
  const detailed = found.map(({ path, kind }): [string, PropertyDiff] => [
    path,
    { kind, replace: false, known: "modelled", source },
  ]);
  return { ...result, changedKeys: keys, detailedDiff: Object.fromEntries(detailed), recomputed };
}
