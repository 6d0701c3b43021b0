import type { Provider } from "../../provider.ts";
import type { ResourceState } from "../../types.ts";
import type { Run } from "../run.ts";
import type { Decision } from "../deciding/decision.ts";
import { RegistrationError } from "../error.ts";
import { neededUrns } from "../../state/topological.ts";
import { create, superseded } from "./create.ts";
import { deleteBeforeReplacement } from "./delete.ts";
import { keep, update } from "./update.ts";

/** A decision whose place among the others is fixed: what it deletes is marked as such for all that is decided later. */
export interface Scheduled {
  decision: Decision;
  /** Does it. @throws what the provider or the state threw */
  carryOut(provider: Provider | undefined): Promise<ResourceState>;
}

type Deletion = Extract<Decision, { kind: "replace" }>["first"][number];

/** To be called while no other decision is made. */
export function schedule(run: Run, decision: Decision): Scheduled {
  if (decision.kind !== "replace") {
    run.steps.push(...decision.steps);
    return { decision, carryOut: (provider) => carryOutInPlace(run, decision, provider) };
  }
  const { first, dependents } = decision;
  run.steps.push(...first.map((deletion) => deletion.step), ...decision.steps);
  const condemnedBefore = run.condemned.get(decision.next.urn)?.gone;
  const gone = new Map(first.map(({ entry }) => [entry, Promise.withResolvers<void>()]));
  for (const { promise } of gone.values()) promise.catch(() => undefined);
  for (const { entry, why, replaceKeys } of dependents)
    run.condemned.set(entry.urn, { why, replaceKeys, gone: gone.get(entry)!.promise });
  const lettingGo = new Map(first.map(({ entry }) => [entry, formerDependents(run, entry)]));

  return {
    decision,
    carryOut: async (provider) => {
      await condemnedBefore;
      try {
        for (const deletion of first) {
          await Promise.all(lettingGo.get(deletion.entry)!);
          // What should have let go may have failed to, and still use it.
          run.proceed(decision.next.urn);
          await deleteFirst(run, deletion, first);
          gone.get(deletion.entry)!.resolve();
        }
      } catch (error) {
        for (const { reject } of gone.values())
          reject(new RegistrationError("unavailable", "what had to go first could not be deleted"));
        throw error;
      }
      return makeReplacement(run, decision, provider);
    },
  };
}

async function carryOutInPlace(
  run: Run,
  decision: Exclude<Decision, { kind: "replace" }>,
  provider: Provider | undefined,
): Promise<ResourceState> {
  const { next, old } = decision;
  let resource = next;
  await run.perform(decision.steps, async () => {
    if (decision.kind === "update") resource = await update(run, decision.old, next, provider, decision.recomputed);
    else if (decision.kind === "same") resource = await keep(run, decision.old, next);
    else resource = await create(run, next, provider, []);
    return { resource, previous: old };
  });
  return resource;
}

async function deleteFirst(run: Run, { entry, step }: Deletion, all: readonly Deletion[]): Promise<void> {
  const together = all.some((other) => other.entry.urn === entry.deletedWith);
  await run.perform([step], async () => {
    await deleteBeforeReplacement(run, entry, together);
    return { previous: entry };
  });
}

async function makeReplacement(
  run: Run,
  decision: Extract<Decision, { kind: "replace" }>,
  provider: Provider | undefined,
): Promise<ResourceState> {
  let resource = decision.next;
  await run.perform(decision.steps, async () => {
    // As it is by now: what was deleted first is pending replacement.
    const old = run.snapshot.live(decision.old.urn) ?? decision.old;
    resource = await create(run, decision.next, provider, [superseded(old)]);
    return { resource, previous: decision.old };
  });
  return resource;
}

/**
 * What used an entry and is registered without it must have let go of it before it is deleted; what is itself to be deleted first,
 * must be gone.
 *
 * All waiting goes from an entry to those after it in the order of the old state, so it never goes round in a circle.
 */
function formerDependents(run: Run, going: ResourceState): Promise<void>[] {
  const waits: Promise<void>[] = [];
  for (const claim of run.claims.values()) {
    const before = run.snapshot.original(claim.urn);
    if (!before || before.urn === going.urn || !neededUrns(before).includes(going.urn)) continue;
    waits.push(run.condemned.get(claim.urn)?.gone ?? claim.over);
  }
  return waits;
}
