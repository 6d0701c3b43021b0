import { changedKeys, diff, type Provider } from "@fairway/engine";
import { derivedFrom } from "./seed.ts";
import { holdsData } from "./unmodelled-data.ts";

/**
 * The provider of a package, or of single types, that nobody wrote a model for: what is declared is what there is.
 *
 * It plans anything, and says of every change that it only assumes: nothing is known of what forces replacement, of computed
 * outputs, or of what the real provider refuses. Only what holds data is known, and guarded: see unmodelled-data.ts.
 */
export function genericProvider(packageName: string): Provider {
  const provider: Provider = {
    package: packageName,
    describe: (type) => ({ model: "generic", ...(holdsData(type) ? { guarded: "data" as const } : {}) }),
    configure: async () => provider,
    check: async ({ newInputs }) => ({ inputs: newInputs, failures: [] }),
    diff: async ({ oldInputs, newInputs }) => {
      const found = diff(oldInputs, newInputs);
      const source = "no model of this type: it may be replaced instead";
      return {
        changedKeys: changedKeys(found),
        replaceKeys: [],
        detailedDiff: Object.fromEntries(
          found.map(({ path, kind }) => [path, { kind, replace: false, known: "assumed", source }]),
        ),
        deleteBeforeReplace: false,
        recomputed: [],
      };
    },
    create: async ({ name, seed, inputs }) => ({ id: `${name}-${derivedFrom(seed).hex("id", 17)}`, outputs: { ...inputs } }),
    read: async ({ inputs }) => ({ ...inputs }),
    update: async ({ newInputs }) => ({ ...newInputs }),
    delete: async () => {},
    invoke: async ({ token }) => ({
      result: {},
      failures: [
        {
          property: "",
          reason: `${token} is not rehearsed: package ${packageName} has no models. Pass its answer as configuration.`,
        },
      ],
    }),
  };
  return provider;
}
