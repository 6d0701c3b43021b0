import type { PropertyMap } from "../properties/value.ts";
import type { ResourceState } from "../types.ts";
import type { Edit, Intent } from "./types.ts";
import { topological } from "./topological.ts";

/** What a state holds, without where it is kept: the one place that knows what an edit does. */
export class Contents {
  readonly #resources = new Map<string, ResourceState>();
  readonly #intents = new Map<string, Intent>();
  #outputs: PropertyMap;
  #ordered: readonly ResourceState[] | undefined;

  constructor(resources: readonly ResourceState[], outputs: PropertyMap, intents: readonly Intent[]) {
    for (const resource of resources) this.#resources.set(keyOf(resource), resource);
    for (const intent of intents) this.#intents.set(keyOf(intent.resource), intent);
    this.#outputs = outputs;
  }

  /** In topological order; sorted when asked for, since most commits are not followed by a question. */
  resources(): readonly ResourceState[] {
    return (this.#ordered ??= topological([...this.#resources.values()]));
  }

  outputs(): PropertyMap {
    return this.#outputs;
  }

  intents(): readonly Intent[] {
    return [...this.#intents.values()];
  }

  apply(edits: readonly Edit[]): void {
    for (const edit of edits) {
      switch (edit.kind) {
        case "put":
          this.#resources.set(keyOf(edit.resource), edit.resource);
          this.#intents.delete(keyOf(edit.resource));
          this.#ordered = undefined;
          break;
        case "remove":
          this.#resources.delete(keyOf(edit));
          this.#intents.delete(keyOf(edit));
          this.#ordered = undefined;
          break;
        case "outputs":
          this.#outputs = edit.outputs;
          break;
        case "intent":
          this.#intents.set(keyOf(edit.intent.resource), edit.intent);
          break;
      }
    }
  }
}

/** Entries are told apart by URN and generation: a replaced one waits for its deletion beside its replacement. */
export function keyOf(entry: { urn: string; generation: number }): string {
  return `${entry.generation} ${entry.urn}`;
}
