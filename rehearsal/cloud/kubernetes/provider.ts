import { printPath, type Provider } from "@fairway/engine";
import { genericProvider } from "../models/generic.ts";
import { derivedFrom } from "../models/seed.ts";
import { checkObject } from "./check.ts";
import {
  checkConfiguration,
  type Configuration,
  DEFAULT_CONFIGURATION,
  diffConfiguration,
  readConfiguration,
} from "./configuration.ts";
import { diffObject, refusedInPlace } from "./diff.ts";
import { type Kind, kinds } from "./kinds.ts";
import { idOf, liveObject } from "./object.ts";

type ObjectCalls = Pick<Provider, "describe" | "check" | "diff" | "create" | "read" | "update" | "delete">;

/**
 * The rehearsed Kubernetes. It connects to nothing: what an object is follows from its inputs, its seed and the provider's
 * configuration. Kinds that are not in `kinds.ts`, charts and YAML are generic.
 */
export function kubernetesProvider(configuration: Configuration = DEFAULT_CONFIGURATION): Provider {
  const generic = genericProvider("kubernetes");
  const callsFor = (type: string): ObjectCalls => {
    const kind = kinds.get(type);
    return kind ? objectCalls(kind, configuration) : generic;
  };
  return {
    ...generic,
    configure: async (inputs) => kubernetesProvider(readConfiguration(inputs)),
    checkConfig: async ({ newInputs }) => checkConfiguration(newInputs),
    diffConfig: async ({ oldInputs, newInputs }) => diffConfiguration(oldInputs, newInputs),
    describe: (type) => callsFor(type).describe(type),
    check: (request) => callsFor(request.type).check(request),
    diff: (request) => callsFor(request.type).diff(request),
    create: (request) => callsFor(request.type).create(request),
    read: (request) => callsFor(request.type).read(request),
    update: (request) => callsFor(request.type).update(request),
    delete: (request) => callsFor(request.type).delete(request),
  };
}

function objectCalls(kind: Kind, configuration: Configuration): ObjectCalls {
  return {
    describe: () => ({
      model: "modelled",
      guarded: kind.guarded,
      secretOutputs: kind.name === "v1:Secret" ? ["data", "stringData"] : undefined,
    }),
    check: async (request) => checkObject(kind, configuration.namespace, request),
    diff: async (request) => diffObject(kind, configuration, request),
    async create({ inputs, seed }) {
      const id = idOf(kind, inputs, derivedFrom(seed));
      return { id, outputs: liveObject(kind, id, inputs, seed) };
    },
    async update({ id, oldInputs, oldOutputs, newInputs }) {
      const refused = refusedInPlace(kind, oldInputs, newInputs).map(printPath);
      if (refused.length > 0) {
        const paths = refused.map((path) => `"${path}"`).join(", ");
        throw new Error(
          `the API server refuses to change ${paths} of ${kind.name} ${id} in place. Add replaceOnChanges: [${paths}] to the resource's ` +
            `options (and deleteBeforeReplace, since its name stays), or give it another name.`,
        );
      }
      return liveObject(kind, id, newInputs, id, oldOutputs);
    },
    read: async ({ id, inputs }) => liveObject(kind, id, inputs, id),
    delete: async () => {},
  };
}
