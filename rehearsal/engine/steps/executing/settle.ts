import type { Intent } from "../../state/types.ts";
import type { ResourceState } from "../../types.ts";
import type { Run } from "../run.ts";
import { stepOf } from "../deciding/step.ts";
import { messageOf } from "../error.ts";
import { sendCreate, superseded } from "./create.ts";
import { sendUpdate } from "./update.ts";

/**
 * Finishes what a crash left between "sent" and "committed": creates and updates. To be called before anything else is decided,
 * since until then nobody knows what exists, as what, and what goes with what.
 */
export async function settle(run: Run): Promise<void> {
  if (run.preview) return;
  for (const intent of run.options.state.intents()) {
    const { urn, generation } = intent.resource;
    const entries = run.snapshot.ofUrn(urn);
    const updated = entries.find((entry) => entry.generation === generation);
    if (updated) await settleUpdate(run, intent, updated);
    else await settleCreate(run, intent, entries);
  }
}

async function settleCreate(run: Run, intent: Intent, entries: readonly ResourceState[]): Promise<void> {
  const { resource } = intent;
  const predecessors = entries.filter((entry) => !entry.delete && entry.generation < resource.generation);
  const step = stepOf(run, predecessors.length > 0 ? "create-replacement" : "create", resource, {
    newInputs: resource.inputs,
    why: "create because an earlier run began it and was interrupted",
  });
  run.steps.push(step);
  try {
    await run.perform([step], async () => {
      const provider = await run.providers.of(resource);
      return { resource: await sendCreate(run, intent, provider, predecessors.map(superseded)) };
    });
  } catch (error) {
    // Nothing was made: the program may still want it, now or with other inputs.
    giveUp(run, intent, "create", error);
  }
}

async function settleUpdate(run: Run, intent: Intent, old: ResourceState): Promise<void> {
  const next = intent.resource;
  const step = stepOf(run, "update", next, {
    oldInputs: old.inputs,
    newInputs: next.inputs,
    why: "update because an earlier run began it and was interrupted",
  });
  run.steps.push(step);
  try {
    await run.perform([step], async () => {
      const provider = await run.providers.of(next);
      // Whether the interrupted one was made stays open when this one is refused.
      return { resource: await sendUpdate(run, old, next, provider, deletedAlone(old)), previous: old };
    });
  } catch (error) {
    giveUp(run, intent, "update", error);
  }
}

/**
 * An entry that its provider is asked to delete, whatever else goes. With what it goes, only its last update tells: left out, it
 * might stay for ever, while asking for what is gone already is no harm. It still goes before what it went with.
 */
function deletedAlone(entry: ResourceState): ResourceState {
  if (entry.deletedWith === "") return entry;
  return { ...entry, deletedWith: "", dependencies: [...new Set([...entry.dependencies, entry.deletedWith])].sort() };
}

function giveUp(run: Run, intent: Intent, what: "create" | "update", error: unknown): void {
  const settled = run.options.state.intents().every((left) => left.token !== intent.token);
  if (!settled) throw error;
  run.diagnose({
    severity: "warning",
    urn: intent.resource.urn,
    message: `an interrupted ${what} could not be finished: ${messageOf(error)}`,
  });
}
