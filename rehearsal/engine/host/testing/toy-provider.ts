import { changedKeys, diff } from "../../properties/diff.ts";
import type { PropertyMap } from "../../properties/value.ts";
import type { Provider } from "../../provider.ts";

/**
 * The provider of package `toy`, without state: a thing has the outputs that it has inputs, and an `address`.
 *
 * `text: "refuse"` is refused; a change of `size` replaces.
 */
export function toyProvider(packageName = "toy"): Provider {
  const provider: Provider = {
    package: packageName,
    describe: () => ({ model: "modelled" }),
    configure: async () => provider,
    check: async ({ newInputs }) => ({
      inputs: newInputs,
      failures: newInputs["text"] === "refuse" ? [{ property: "text", reason: `"refuse" is refused` }] : [],
    }),
    diff: async ({ oldInputs, newInputs }) => {
      const differences = diff(oldInputs, newInputs);
      const changed = changedKeys(differences);
      return {
        changedKeys: changed,
        replaceKeys: changed.filter((key) => key === "size"),
        detailedDiff: Object.fromEntries(
          differences.map(({ path, kind, keys }) => [
            path,
            { kind, replace: keys[0] === "size", known: "modelled", source: "the toy's book" },
          ]),
        ),
        deleteBeforeReplace: false,
        recomputed: [],
      };
    },
    create: async ({ inputs, seed }) => ({ id: `thing-${seed.slice(0, 8)}`, outputs: outputsOf(inputs, seed) }),
    read: async ({ id, inputs }) => (id === "gone" ? undefined : { ...inputs, text: `read ${id}` }),
    update: async ({ oldOutputs, newInputs }) => ({ ...newInputs, address: oldOutputs["address"]! }),
    delete: async () => {},
    invoke: async ({ args }) => ({ result: { text: `${String(args["text"])}${String(args["text"])}` }, failures: [] }),
  };
  return provider;
}

function outputsOf(inputs: PropertyMap, seed: string): PropertyMap {
  return { ...inputs, address: `toy://${seed.slice(0, 8)}` };
}
