import type { Edit } from "../../state/types.ts";
import type { ResourceState } from "../../types.ts";
import type { Run } from "../run.ts";
import { unwrapSecrets } from "../../properties/equal.ts";
import { isProviderType } from "../naming/urn.ts";
import { takeBack } from "./take-back.ts";

/** Whether there is anything that a provider must be asked to delete. */
export function needsProvider(resource: ResourceState): boolean {
  return resource.custom && !resource.external && !resource.retainOnDelete && !isProviderType(resource.type);
}

/**
 * Deletes before a replacement: the entry stays, pending replacement.
 *
 * It is marked before the provider is asked, so that after a crash nobody takes it for existing; the next run asks again, which
 * is no harm, since deleting is idempotent.
 *
 * @param together it goes with a resource that is itself deleted: the provider is not asked
 */
export async function deleteBeforeReplacement(run: Run, decided: ResourceState, together: boolean): Promise<void> {
  // As it is by now: it, or what it needs, may have been renamed since that was decided.
  const entry = run.snapshot.live(run.takenOver.get(decided.urn) ?? decided.urn) ?? decided;
  if (!entry.pendingReplacement) await run.commit([{ kind: "put", resource: { ...entry, pendingReplacement: true } }]);
  if (!together) await ask(run, entry);
}

/** Deletes for good. @param guests what goes with it, and is forgotten after it: one call deletes them all */
export async function deleteEntry(run: Run, entry: ResourceState, guests: readonly ResourceState[]): Promise<void> {
  if (needsProvider(entry) && !run.preview) {
    const all = [entry, ...guests];
    const marked = all.filter((one) => !one.delete && !one.pendingReplacement);
    await run.commit(marked.map((resource) => ({ kind: "put", resource: { ...resource, delete: true } })));
    await ask(run, entry, guests);
  }
  await run.commit([{ kind: "remove", urn: entry.urn, generation: entry.generation }]);
}

async function ask(run: Run, entry: ResourceState, guests: readonly ResourceState[] = []): Promise<void> {
  if (run.preview || !needsProvider(entry)) return;
  try {
    const provider = await run.providers.of(entry);
    const { urn, type, id } = entry;
    await provider.delete({ urn, type, id, inputs: unwrapSecrets(entry.inputs), outputs: unwrapSecrets(entry.outputs) });
  } catch (error) {
    // The provider says that it is still there: take the marks back.
    const edits = [entry, ...guests].map((resource): Edit => ({ kind: "put", resource }));
    await takeBack(run, edits, error);
  }
}
