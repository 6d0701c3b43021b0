import type { PropertyMap } from "../properties/value.ts";
import type { ResourceState } from "../types.ts";
import type { Intent, StateStore } from "./types.ts";
import { Contents } from "./contents.ts";

/**
 * State that lives as long as the process: for plans, and for tests of the engine.
 *
 * @param start what it holds at first; without a salt, generated names are the same each time, as plans need them
 * @example const state = memoryState({ resources: base.resources(), outputs: base.outputs() });
 */
export function memoryState(
  start: { resources?: readonly ResourceState[]; outputs?: PropertyMap; intents?: readonly Intent[]; salt?: string } = {},
): StateStore {
  const contents = new Contents(start.resources ?? [], start.outputs ?? {}, start.intents ?? []);
  return {
    salt: start.salt ?? "",
    resources: () => contents.resources(),
    outputs: () => contents.outputs(),
    intents: () => contents.intents(),
    commit: async (edits) => contents.apply(edits),
  };
}
