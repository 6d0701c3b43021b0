import type { PropertyMap } from "../properties/value.ts";
import type { ResourceState, StackState } from "../types.ts";

/**
 * A stack's state that a deployment writes to. Entries are identified by URN and generation: one live entry a URN, any number
 * marked for deletion or pending replacement.
 */
export interface StateStore extends StackState {
  /** Creates and updates that were sent to a provider and not committed: left by a crash, to be settled before anything else. */
  intents(): readonly Intent[];
  /** All edits or none, durable when it resolves (in memory: at once). @throws when the disk is full, with nothing half-written. */
  commit(edits: readonly Edit[]): Promise<void>;
}

export type Edit =
  /** Inserts, or overwrites the entry with the same URN and generation. */
  | { kind: "put"; resource: ResourceState }
  | { kind: "remove"; urn: string; generation: number }
  | { kind: "outputs"; outputs: PropertyMap }
  /** Before a create or an update is sent. A put of the same URN and generation settles it. */
  | { kind: "intent"; intent: Intent };

export interface Intent {
  /** Sent with the create; a provider answers a repeated token with the same resource. */
  token: string;
  /** What the entry will be; its outputs are not known yet, and of a create nor is its id. Of an update, the entry exists already. */
  resource: ResourceState;
}
