import type { ResourceState, Step } from "../../types.ts";
import type { Run } from "../run.ts";
import type { Deletion } from "./order.ts";
import { guardOf, refuseGuarded } from "../deciding/guarded.ts";
import { markSecrets } from "../deciding/secrets.ts";
import { stepOf } from "../deciding/step.ts";
import { deleteEntry } from "../executing/delete.ts";
import { deletionOrder } from "./order.ts";

/**
 * Deletes what the program did not register and what was replaced, each after all that depends on it.
 *
 * After a failure nothing new is begun, and what the failed one needs stays. @throws the first failure, when all that was begun is over
 */
export async function deleteLeftovers(run: Run): Promise<void> {
  const going = run.snapshot.ordered().filter((entry) => entry.delete || !run.claims.has(entry.urn));
  // What an earlier run marked was allowed when it was replaced.
  refuseGuarded(
    run,
    "delete",
    going.filter((entry) => !entry.delete && !entry.pendingReplacement),
  );
  const host = hostsOf(going);
  const order = deletionOrder(going, run.snapshot.entries(), host);
  leaveWithoutHost(order, host);
  const steps = new Map<Deletion, Step>();
  for (const deletion of order) {
    if (run.condemned.has(deletion.entry.urn) && deletion.entry.pendingReplacement) continue;
    const step = deleteStep(run, deletion.entry, host.get(deletion.entry));
    steps.set(deletion, step);
    run.steps.push(step);
  }

  const together = new Map<ResourceState, Deletion[]>();
  const over = new Map<Deletion, Promise<void>>();
  for (const deletion of order) {
    const before = Promise.all(deletion.after.flatMap((earlier) => over.get(earlier) ?? []));
    const done = before.then(() => begin(deletion));
    done.catch(() => undefined);
    over.set(deletion, done);
  }
  const results = await Promise.allSettled(over.values());
  const failure = results.find((result) => result.status === "rejected");
  if (failure) throw failure.reason;

  async function begin(deletion: Deletion): Promise<void> {
    const { entry } = deletion;
    const goesWith = host.get(entry);
    if (goesWith) {
      together.set(goesWith, [...(together.get(goesWith) ?? []), deletion, ...(together.get(entry) ?? [])]);
      return;
    }
    run.proceed(entry.urn);
    try {
      const goneAlready = entry.pendingReplacement && run.condemned.has(entry.urn);
      const guests = together.get(entry) ?? [];
      await remove(deletion, () =>
        goneAlready
          ? forget(run, entry)
          : deleteEntry(
              run,
              entry,
              guests.map((guest) => guest.entry),
            ),
      );
      for (const other of guests) await remove(other, () => forget(run, other.entry));
    } catch (error) {
      throw run.fail(error, entry.urn);
    }
  }

  async function remove(deletion: Deletion, action: () => Promise<void>): Promise<void> {
    const step = steps.get(deletion);
    await run.perform(step ? [step] : [], async () => {
      await action();
      return { previous: deletion.entry };
    });
  }
}

/** Which resource takes another one with it: only one that itself really goes, not one that is merely replaced. */
function hostsOf(going: readonly ResourceState[]): Map<ResourceState, ResourceState> {
  const live = new Map(going.filter((entry) => !entry.delete).map((entry) => [entry.urn, entry]));
  const hosts = new Map<ResourceState, ResourceState>();
  for (const entry of going) {
    const host = live.get(entry.deletedWith);
    if (host && host !== entry && entry.custom) hosts.set(entry, host);
  }
  return hosts;
}

/** Where needs go round in a circle, a host may come before what goes with it: that is then deleted by itself. */
function leaveWithoutHost(order: readonly Deletion[], hosts: Map<ResourceState, ResourceState>): void {
  const earlier = new Set<ResourceState>();
  for (const { entry } of order) {
    const host = hosts.get(entry);
    if (host && earlier.has(host)) hosts.delete(entry);
    earlier.add(entry);
  }
}

async function forget(run: Run, entry: ResourceState): Promise<void> {
  await run.commit([{ kind: "remove", urn: entry.urn, generation: entry.generation }]);
}

function deleteStep(run: Run, entry: ResourceState, host: ResourceState | undefined): Step {
  const values = { oldInputs: markSecrets(entry.inputs, run.snapshot.live(entry.urn)?.inputs ?? {}) };
  if (entry.external) return stepOf(run, "discard", entry, { ...values, why: "forget because it was only read" });
  const replaced = entry.delete || entry.pendingReplacement;
  const guarded = replaced ? undefined : guardOf(run, entry);
  if (entry.retainOnDelete && entry.custom) {
    return stepOf(run, "discard", entry, { ...values, guarded, why: "forget and leave as it is because of retainOnDelete" });
  }
  if (replaced) return stepOf(run, "delete-replaced", entry, { ...values, why: "delete because it was replaced" });
  const reason = run.options.mode === "destroy" ? "the stack is destroyed" : "the program no longer declares it";
  const how = host ? `; it goes with ${host.name}, without a call of its own` : "";
  return stepOf(run, "delete", entry, { ...values, guarded, why: `delete because ${reason}${how}` });
}
