import { randomUUID } from "node:crypto";
import type { PropertyMap } from "../../properties/value.ts";
import type { Provider } from "../../provider.ts";
import type { ResourceState } from "../../types.ts";
import type { Run } from "../run.ts";
import { equal, unwrapSecrets } from "../../properties/equal.ts";
import { unknown } from "../../properties/value.ts";
import { outputsOf } from "./create.ts";
import { takeBack } from "./take-back.ts";

/** Keeps a resource as it is. State is still written when anything about it changed: what it depends on, its options, its secrets. */
export async function keep(run: Run, old: ResourceState, next: ResourceState): Promise<ResourceState> {
  const outputs = next.custom ? outputsOf(run, next, unwrapSecrets(old.outputs)) : old.outputs;
  const state = { ...next, id: old.id, outputs };
  if (sameEntry(old, state)) return old;
  await run.commit([{ kind: "put", resource: state }]);
  return state;
}

/**
 * Updates a resource in place.
 *
 * The intent is journaled before the provider is asked: after a crash in between, the next run asks again, so that state never
 * says for long what the world does not. A provider that rejects says that nothing was changed.
 *
 * @param provider undefined for a component, which has nothing to call
 */
export async function update(
  run: Run,
  old: ResourceState,
  next: ResourceState,
  provider: Provider | undefined,
  recomputed: readonly string[],
): Promise<ResourceState> {
  const wanted = { ...next, id: old.id };
  if (!provider || run.preview) {
    const outputs = provider ? expectedOutputs(run, old, next, recomputed) : old.outputs;
    const state = { ...wanted, outputs };
    await run.commit([{ kind: "put", resource: state }]);
    return state;
  }
  await run.commit([{ kind: "intent", intent: { token: randomUUID(), resource: wanted } }]);
  return sendUpdate(run, old, wanted, provider);
}

/** Asks for what an intent says, and commits the answer. @param refused what the entry is when the provider rejects */
export async function sendUpdate(
  run: Run,
  old: ResourceState,
  next: ResourceState,
  provider: Provider,
  refused?: ResourceState,
): Promise<ResourceState> {
  let outputs: PropertyMap;
  try {
    outputs = await provider.update({
      urn: old.urn,
      type: old.type,
      id: old.id,
      oldInputs: unwrapSecrets(old.inputs),
      oldOutputs: unwrapSecrets(old.outputs),
      newInputs: unwrapSecrets(next.inputs),
    });
  } catch (error) {
    // As it is by now: what it needs may have been renamed since.
    const resource = refused ?? run.snapshot.live(old.urn) ?? old;
    return takeBack(run, [{ kind: "put", resource }], error);
  }
  const state = { ...next, outputs: outputsOf(run, next, outputs) };
  await run.commit([{ kind: "put", resource: state }]);
  return state;
}

/** Old outputs, except what follows the inputs and what the update makes anew. */
function expectedOutputs(run: Run, old: ResourceState, next: ResourceState, recomputed: readonly string[]): PropertyMap {
  const expected: PropertyMap = { ...unwrapSecrets(old.outputs) };
  // An input that is taken back may leave anything: the provider's default, an old value, nothing.
  for (const key of Object.keys(old.inputs))
    if (!Object.hasOwn(next.inputs, key) && Object.hasOwn(expected, key)) expected[key] = unknown;
  Object.assign(expected, unwrapSecrets(next.inputs));
  for (const key of recomputed) expected[key] = unknown;
  return outputsOf(run, next, expected);
}

function sameEntry(a: ResourceState, b: ResourceState): boolean {
  const { inputs: inputsA, outputs: outputsA, ...restA } = a;
  const { inputs: inputsB, outputs: outputsB, ...restB } = b;
  return equal(inputsA, inputsB) && equal(outputsA, outputsB) && equal(restA, restB);
}
