import type { Edit } from "../state/types.ts";
import type { ResourceState } from "../types.ts";
import { keyOf } from "../state/contents.ts";
import { neededUrns, topological } from "../state/topological.ts";
import { providerReference, providerUrn } from "./naming/urn.ts";

/**
 * The state as this deployment sees it: what was there, with what was done so far.
 *
 * In an update it follows the store; in a preview it alone is written to.
 */
export class Snapshot {
  readonly #entries = new Map<string, ResourceState>();
  readonly #byUrn = new Map<string, Set<string>>();
  /** What was live when the deployment began, under its present URN. */
  #originals: ReadonlyMap<string, ResourceState>;

  constructor(resources: readonly ResourceState[]) {
    for (const resource of resources) this.#put(resource);
    this.#originals = new Map(resources.filter((resource) => !resource.delete).map((resource) => [resource.urn, resource]));
  }

  entries(): ResourceState[] {
    return [...this.#entries.values()];
  }

  /** All entries, each after what it needs. */
  ordered(): ResourceState[] {
    return topological(this.entries());
  }

  /** The entry that is not marked for deletion. It may be pending replacement. */
  live(urn: string): ResourceState | undefined {
    return this.ofUrn(urn).find((entry) => !entry.delete);
  }

  /** What was live when the deployment began, under its present URN. */
  original(urn: string): ResourceState | undefined {
    return this.#originals.get(urn);
  }

  /** As {@link original}, each after what it needs. */
  originals(): Iterable<ResourceState> {
    return this.#originals.values();
  }

  ofUrn(urn: string): ResourceState[] {
    return [...(this.#byUrn.get(urn) ?? [])].map((key) => this.#entries.get(key)!);
  }

  /** The provider resource behind a reference from state, also a replaced one. */
  provider(reference: string): ResourceState | undefined {
    return this.ofUrn(providerUrn(reference)).find((entry) => providerReference(entry.urn, entry.id) === reference);
  }

  /** One that no entry of this URN has, waiting for deletion or not. */
  nextGeneration(urn: string): number {
    return Math.max(-1, ...this.ofUrn(urn).map((entry) => entry.generation)) + 1;
  }

  apply(edits: readonly Edit[]): void {
    for (const edit of edits) {
      if (edit.kind === "put") this.#put(edit.resource);
      else if (edit.kind === "remove") this.#remove(edit.urn, edit.generation);
    }
  }

  /** The edits that give an entry a new URN, and all that mention the old one the new one. */
  renaming(entry: ResourceState, urn: string, name: string, type: string): Edit[] {
    const renamed: ResourceState = {
      ...entry,
      urn,
      name,
      type,
      generation: Math.max(entry.generation, this.nextGeneration(urn)),
    };
    const edits: Edit[] = [
      { kind: "remove", urn: entry.urn, generation: entry.generation },
      { kind: "put", resource: renamed },
    ];
    for (const other of this.#entries.values()) {
      if (other !== entry && neededUrns(other).includes(entry.urn)) {
        edits.push({ kind: "put", resource: withReference(other, entry.urn, urn) });
      }
    }
    return edits;
  }

  /** Says that an original has another URN now. Its entries are renamed with {@link renaming}. Its place in the order stays. */
  moved(from: string, to: string): void {
    const moved = [...this.#originals.values()].map((original) => {
      if (original.urn === from) return this.live(to) ?? original;
      return neededUrns(original).includes(from) ? withReference(original, from, to) : original;
    });
    this.#originals = new Map(moved.map((original) => [original.urn, original]));
  }

  #put(resource: ResourceState): void {
    const key = keyOf(resource);
    this.#entries.set(key, resource);
    const keys = this.#byUrn.get(resource.urn);
    if (keys) keys.add(key);
    else this.#byUrn.set(resource.urn, new Set([key]));
  }

  #remove(urn: string, generation: number): void {
    const key = keyOf({ urn, generation });
    this.#entries.delete(key);
    this.#byUrn.get(urn)?.delete(key);
  }
}

function withReference(entry: ResourceState, from: string, to: string): ResourceState {
  const rewritten = (urn: string) => (urn === from ? to : urn);
  const provider = providerUrn(entry.provider) === from ? to + entry.provider.slice(from.length) : entry.provider;
  return {
    ...entry,
    parent: rewritten(entry.parent),
    dependencies: entry.dependencies.map(rewritten),
    propertyDependencies: Object.fromEntries(
      Object.entries(entry.propertyDependencies).map(([key, urns]) => [key, urns.map(rewritten)]),
    ),
    provider,
    deletedWith: rewritten(entry.deletedWith),
  };
}
