import { randomUUID } from "node:crypto";
import type { Provider } from "../../provider.ts";
import type { Edit, Intent } from "../../state/types.ts";
import type { ResourceState } from "../../types.ts";
import type { Run } from "../run.ts";
import { unwrapSecrets } from "../../properties/equal.ts";
import { markSecrets } from "../deciding/secrets.ts";
import { stepOf } from "../deciding/step.ts";
import { seedOf } from "../naming/seed.ts";
import { isProviderType } from "../naming/urn.ts";
import { messageOf } from "../error.ts";

/**
 * Makes a resource and commits it, together with `others`.
 *
 * The intent is journaled before the provider is asked: after a crash in between, {@link settle} asks again with the same token,
 * and the provider answers with the same resource. A provider that rejects says that nothing was made.
 *
 * @param provider undefined for a component
 */
export async function create(
  run: Run,
  next: ResourceState,
  provider: Provider | undefined,
  others: readonly Edit[],
): Promise<ResourceState> {
  if (run.preview) {
    // What the provider will add is unknown: it is simply not there.
    const expected = { ...next, outputs: provider ? next.inputs : {} };
    await run.commit([{ kind: "put", resource: expected }, ...others]);
    return expected;
  }
  if (!provider) {
    await run.commit([{ kind: "put", resource: next }, ...others]);
    return next;
  }
  const intent: Intent = { token: randomUUID(), resource: next };
  await run.commit([{ kind: "intent", intent }]);
  return send(run, intent, provider, others);
}

/** Finishes what a crash left between "create sent" and "committed". To be called before anything else is decided. */
export async function settle(run: Run): Promise<void> {
  if (run.preview) return;
  for (const intent of run.options.state.intents()) {
    const { resource } = intent;
    const predecessors = run.snapshot
      .ofUrn(resource.urn)
      .filter((entry) => !entry.delete && entry.generation < resource.generation);
    const step = stepOf(run, predecessors.length > 0 ? "create-replacement" : "create", resource, {
      newInputs: resource.inputs,
      why: "create because an earlier run began it and was interrupted",
    });
    run.steps.push(step);
    try {
      await run.perform([step], async () => {
        const provider = await run.providers.of(resource);
        return { resource: await send(run, intent, provider, predecessors.map(superseded)) };
      });
    } catch (error) {
      const gone = run.options.state.intents().every((left) => left.token !== intent.token);
      // Nothing was made: the program may still want it, now or with other inputs.
      if (!gone) throw error;
      run.diagnose({
        severity: "warning",
        urn: resource.urn,
        message: `an interrupted create could not be finished: ${messageOf(error)}`,
      });
    }
  }
}

/** What becomes of an entry whose replacement is made. */
export function superseded(old: ResourceState): Edit {
  // What was made under a replaced provider and still waits for deletion needs it; removing a provider takes no call.
  if (isProviderType(old.type)) return { kind: "put", resource: { ...old, pendingReplacement: false, delete: true } };
  // Nothing is left of it that could be deleted.
  if (old.external || old.pendingReplacement) return { kind: "remove", urn: old.urn, generation: old.generation };
  return { kind: "put", resource: { ...old, delete: true } };
}

async function send(run: Run, intent: Intent, provider: Provider, others: readonly Edit[]): Promise<ResourceState> {
  const { token, resource } = intent;
  const { urn, type, name, generation } = resource;
  let made: { id: string; outputs: ResourceState["outputs"] };
  try {
    const seed = seedOf(urn, generation, run.options.state.salt);
    made = await provider.create({ urn, type, name, inputs: unwrapSecrets(resource.inputs), token, seed });
  } catch (error) {
    await run.commit([{ kind: "remove", urn, generation }]);
    throw error;
  }
  const state = { ...resource, id: made.id, outputs: outputsOf(run, resource, made.outputs) };
  await run.commit([{ kind: "put", resource: state }, ...others]);
  return state;
}

/** A provider's outputs, with what must not be shown marked. */
export function outputsOf(run: Run, resource: ResourceState, outputs: ResourceState["outputs"]): ResourceState["outputs"] {
  const described = run.providers.describe(resource).secretOutputs ?? [];
  return markSecrets(outputs, resource.inputs, [...resource.additionalSecretOutputs, ...described]);
}
