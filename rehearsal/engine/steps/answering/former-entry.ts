import type { ResourceState } from "../../types.ts";
import type { Goal } from "../deciding/goal.ts";
import type { Run } from "../run.ts";
import type { Edit } from "../../state/types.ts";
import { keyOf } from "../../state/contents.ts";
import { RegistrationError } from "../error.ts";

/**
 * The entry in state that a registration is about: the one with its URN, else the first with one of its aliases.
 *
 * What is found by an alias is renamed in the state at once, with everything that refers to it, so that nothing after this
 * knows of former names.
 */
export async function formerEntry(run: Run, goal: Goal): Promise<ResourceState | undefined> {
  const entry = run.snapshot.live(goal.urn);
  if (entry) return entry;
  for (const alias of goal.aliases) {
    const former = run.snapshot.live(alias);
    const owner = run.takenOver.get(alias);
    if (owner !== undefined && run.snapshot.original(owner)) throw twice(goal, alias, owner);
    if (!former) continue;
    if (run.claims.has(alias)) throw twice(goal, alias, alias);
    run.takenOver.set(alias, goal.urn);
    await rename(run, former, goal);
    run.snapshot.moved(alias, goal.urn);
    const condemned = run.condemned.get(alias);
    if (condemned) run.condemned.set(goal.urn, condemned);
    return run.snapshot.live(goal.urn);
  }
  return undefined;
}

async function rename(run: Run, former: ResourceState, { urn, registration }: Goal): Promise<void> {
  const edits = run.snapshot.renaming(former, urn, registration.name, registration.type);
  if (run.preview) return run.commit(edits);
  // A put settles the intent of its entry; but what refers to the former name may just be being updated.
  const rewritten = new Set(edits.flatMap((edit) => (edit.kind === "put" ? [keyOf(edit.resource)] : [])));
  const underway = run.options.state.intents().filter((intent) => rewritten.has(keyOf(intent.resource)));
  await run.commit([...edits, ...underway.map((intent): Edit => ({ kind: "intent", intent }))]);
}

function twice(goal: Goal, alias: string, owner: string): RegistrationError {
  const { name, type } = goal.registration;
  return new RegistrationError(
    "refused",
    `${name} (${type}) names the alias ${alias}, which ${owner === alias ? "is itself registered" : `${owner} has taken over`}. ` +
      `One former resource can become only one: take out one of the two.`,
    goal.urn,
  );
}
