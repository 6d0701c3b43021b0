import type { ResourceState } from "../types.ts";

/** A resource for tests of state, plain but for what is given. */
export function resource(name: string, given: Partial<ResourceState> = {}): ResourceState {
  return {
    urn: `urn:pulumi:test::state::random:index:Thing::${name}`,
    type: "random:index:Thing",
    name,
    custom: true,
    id: `id-${name}`,
    inputs: {},
    outputs: {},
    parent: "",
    dependencies: [],
    propertyDependencies: {},
    provider: "",
    protect: false,
    retainOnDelete: false,
    deletedWith: "",
    external: false,
    delete: false,
    pendingReplacement: false,
    aliases: [],
    additionalSecretOutputs: [],
    generation: 0,
    ...given,
  };
}

export function urnOf(name: string): string {
  return resource(name).urn;
}

/** Names of resources, in order; those that wait for deletion in brackets. */
export function names(resources: readonly ResourceState[]): string[] {
  return resources.map((entry) => (entry.delete ? `(${entry.name})` : entry.name));
}
