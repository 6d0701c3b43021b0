import type { PropertyMap } from "../../properties/value.ts";
import type { ResourceState } from "../../types.ts";
import type { ResourceRegistration } from "../types.ts";
import type { Inherited } from "./inheritance.ts";

/** What the program wants of one resource, with everything resolved that is said relative to others. */
export interface Goal {
  urn: string;
  registration: ResourceRegistration;
  inherited: Inherited;
  /** URN; empty only for the stack. */
  parent: string;
  /** As state keeps it; empty for components and provider resources. */
  provider: string;
  /** Former URNs. */
  aliases: readonly string[];
}

/** The entry that a goal asks for; what only a provider knows is still to come. */
export function entryOf(goal: Goal, inputs: PropertyMap, generation: number): ResourceState {
  const { registration, inherited } = goal;
  return {
    urn: goal.urn,
    type: registration.type,
    name: registration.name,
    custom: registration.custom,
    id: "",
    inputs,
    outputs: {},
    parent: goal.parent,
    dependencies: sorted(registration.dependencies),
    propertyDependencies: Object.fromEntries(
      Object.keys(registration.propertyDependencies)
        .sort()
        .map((key) => [key, sorted(registration.propertyDependencies[key]!)]),
    ),
    provider: goal.provider,
    protect: inherited.protect,
    retainOnDelete: inherited.retainOnDelete,
    // A resource is not deleted with itself: it only hands this down.
    deletedWith: inherited.deletedWith === goal.urn ? "" : inherited.deletedWith,
    external: false,
    delete: false,
    pendingReplacement: false,
    aliases: [...goal.aliases],
    additionalSecretOutputs: sorted(registration.additionalSecretOutputs),
    generation,
  };
}

/** The SDK gives dependencies in the order in which promises happened to resolve. */
function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
