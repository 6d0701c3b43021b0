import type { Stage } from "./bring-up.ts";

/**
 * Writes into state what the orchestrator decided by itself, as a refresh would: a service that rolled back runs an earlier
 * task definition than state says. The next update then sees a difference and tries again.
 */
export async function refreshDrift(
  { stores, effects }: Pick<Stage, "stores" | "effects">,
  environments: readonly string[],
): Promise<void> {
  for (const environment of environments) {
    for (const { urn, live } of effects.drift(environment)) {
      for (const { id, store } of stores.open().values()) {
        const resource =
          id.stack === environment ? store.resources().find((each) => each.urn === urn && !each.delete) : undefined;
        if (!resource) continue;
        const refreshed = { ...resource, inputs: { ...resource.inputs, ...live }, outputs: { ...resource.outputs, ...live } };
        await store.commit([{ kind: "put", resource: refreshed }]);
      }
    }
  }
}
