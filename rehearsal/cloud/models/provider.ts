import { changedKeys, type CheckFailure, diff, type DiffResult, type PropertyMap, type Provider } from "@fairway/engine";
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
  /** Inputs that the package itself adds when it checks a resource, for example merged tags. */
  added?: (schema: TypeSchema, inputs: PropertyMap, oldInputs: PropertyMap | undefined) => PropertyMap;
  /** Added inputs by the input that they follow: told as a change of their own only when that one did not change. */
  follows?: Record<string, string>;
  /** Outputs that every type of the package has. */
  shared?: (schema: TypeSchema, place: Place) => PropertyMap;
  /** Functions by token. */
  functions: ReadonlyMap<string, (args: PropertyMap) => { result: PropertyMap; failures: CheckFailure[] }>;
  configure: (inputs: PropertyMap) => Promise<Provider>;
}

type CloudCalls = Pick<Provider, "describe" | "check" | "diff" | "create" | "read" | "update" | "delete">;

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
      const rehearsed = [...cloud.functions.keys()].map((name) => name.split(":").at(-1) ?? name).sort();
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
    async check(request) {
      const added = Object.keys(cloud.follows ?? {});
      const given = Object.fromEntries(Object.entries(request.newInputs).filter(([key]) => !added.includes(key)));
      const { inputs, failures } = check(model, schema, { ...request, newInputs: given });
      return { inputs: { ...inputs, ...cloud.added?.(schema, inputs, request.oldInputs) }, failures };
    },
    diff: async (request) => withoutFollowers(diffModelled(model, replacements, request), cloud.follows ?? {}),
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
      const anew = new Set(recomputedBy(model, changedKeys(diff(oldInputs, newInputs))));
      const isKept = (key: string) => key in oldOutputs && !(key in newInputs) && !(key in oldInputs) && !anew.has(key);
      return Object.fromEntries(Object.entries(fresh).map(([key, value]) => [key, isKept(key) ? oldOutputs[key]! : value]));
    },
    async read({ id, inputs: given }) {
      const inputs = { ...given, ...cloud.added?.(schema, given, undefined) };
      const derived = derivedFrom(`${model.type} ${id}`);
      return outputsOf({ inputs, place: cloud.place(inputs), ...derived, id, old: undefined });
    },
    delete: async () => {},
  };

  function outputsOf(made: Made): PropertyMap {
    return { ...made.inputs, ...cloud.shared?.(schema, made.place), ...model.outputs?.(made) };
  }
}

/** Leaves out changes that only follow from another one that is told. */
function withoutFollowers(result: DiffResult, follows: Record<string, string>): DiffResult {
  const silent = result.changedKeys.filter((key) => follows[key] !== undefined && result.changedKeys.includes(follows[key]));
  if (silent.length === 0) return result;
  const isTold = ([path]: [string, unknown]) =>
    !silent.some((key) => path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`));
  return {
    ...result,
    changedKeys: result.changedKeys.filter((key) => !silent.includes(key)),
    detailedDiff: Object.fromEntries(Object.entries(result.detailedDiff).filter(isTold)),
  };
}
