import type { PropertyMap } from "../../properties/value.ts";
import type { DiffResult, Provider } from "../../provider.ts";
import { changedKeys, diff } from "../../properties/diff.ts";
import { providerId } from "../naming/seed.ts";

/** A provider as a resource: the same check, diff, create, update and delete as any other, answered from its configuration. */
export function providerResources(provider: Provider): Provider {
  return {
    package: "pulumi",
    describe: () => ({ model: "modelled" }),
    configure: async () => providerResources(provider),
    check: async ({ urn, oldInputs, newInputs }) =>
      provider.checkConfig
        ? provider.checkConfig({ urn, oldInputs: oldInputs ?? {}, newInputs })
        : { inputs: newInputs, failures: [] },
    diff: async ({ urn, oldInputs, newInputs }) =>
      provider.diffConfig ? provider.diffConfig({ urn, oldInputs, newInputs }) : changedInPlace(oldInputs, newInputs),
    create: async ({ inputs, seed }) => ({ id: providerId(seed), outputs: inputs }),
    read: async () => undefined,
    update: async ({ newInputs }) => newInputs,
    delete: async () => undefined,
    invoke: async ({ token }) => ({
      result: {},
      failures: [{ property: "", reason: `a provider resource has no function ${token}` }],
    }),
  };
}

/** Of a provider that doesn't say otherwise, any change of configuration is an update. */
function changedInPlace(oldInputs: PropertyMap, newInputs: PropertyMap): DiffResult {
  const differences = diff(oldInputs, newInputs);
  return {
    changedKeys: changedKeys(differences),
    replaceKeys: [],
    detailedDiff: Object.fromEntries(
      differences.map(({ path, kind }) => [path, { kind, replace: false, known: "assumed" as const }]),
    ),
    deleteBeforeReplace: false,
    recomputed: [],
  };
}
