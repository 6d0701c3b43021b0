import { randomUUID } from "node:crypto";
import type { Provider } from "../../provider.ts";
import type { Edit, Intent } from "../../state/types.ts";
import type { ResourceState } from "../../types.ts";
import type { Run } from "../run.ts";
import { unwrapSecrets } from "../../properties/equal.ts";
import { markSecrets } from "../deciding/secrets.ts";
import { seedOf } from "../naming/seed.ts";
import { isProviderType } from "../naming/urn.ts";
import { takeBack } from "./take-back.ts";

/**
 * Makes a resource and commits it, together with `others`.
 *
 * The intent is journaled before the provider is asked: after a crash in between, the next run asks again with the same token,
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
  return sendCreate(run, intent, provider, others);
}

/** What becomes of an entry whose replacement is made. */
export function superseded(old: ResourceState): Edit {
  // What was made under a replaced provider and still waits for deletion needs it; removing a provider takes no call.
  if (isProviderType(old.type)) return { kind: "put", resource: { ...old, pendingReplacement: false, delete: true } };
  // Nothing is left of it that could be deleted.
  if (old.external || old.pendingReplacement) return { kind: "remove", urn: old.urn, generation: old.generation };
  return { kind: "put", resource: { ...old, delete: true } };
}

/** Asks for what an intent says, and commits the answer or takes the intent back. */
export async function sendCreate(run: Run, intent: Intent, provider: Provider, others: readonly Edit[]): Promise<ResourceState> {
  const { token, resource } = intent;
  const { urn, type, name, generation } = resource;
  let made: { id: string; outputs: ResourceState["outputs"] };
  try {
    const seed = seedOf(urn, generation, run.options.state.salt);
    made = await provider.create({ urn, type, name, inputs: unwrapSecrets(resource.inputs), token, seed });
  } catch (error) {
    return takeBack(run, [{ kind: "remove", urn, generation }], error);
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
