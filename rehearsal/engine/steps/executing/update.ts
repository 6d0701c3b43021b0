import type { PropertyMap } from "../../properties/value.ts";
import type { Provider } from "../../provider.ts";
import type { ResourceState } from "../../types.ts";
import type { Run } from "../run.ts";
import { equal, unwrapSecrets } from "../../properties/equal.ts";
import { unknown } from "../../properties/value.ts";
import { outputsOf } from "./create.ts";

/** Keeps a resource as it is. State is still written when anything about it changed: what it depends on, its options, its secrets. */
export async function keep(run: Run, old: ResourceState, next: ResourceState): Promise<ResourceState> {
  const outputs = next.custom ? outputsOf(run, next, unwrapSecrets(old.outputs)) : old.outputs;
  const state = { ...next, id: old.id, outputs };
  if (sameEntry(old, state)) return old;
  await run.commit([{ kind: "put", resource: state }]);
  return state;
}

/** Updates a resource in place. @param provider undefined for a component, which has nothing to call */
export async function update(
  run: Run,
  old: ResourceState,
  next: ResourceState,
  provider: Provider | undefined,
  recomputed: readonly string[],
): Promise<ResourceState> {
  const outputs = !provider
    ? old.outputs
    : run.preview
      ? expectedOutputs(run, old, next, recomputed)
      : await answered(run, old, next, provider);
  const state = { ...next, id: old.id, outputs };
  await run.commit([{ kind: "put", resource: state }]);
  return state;
}

async function answered(run: Run, old: ResourceState, next: ResourceState, provider: Provider): Promise<PropertyMap> {
  if (old.deletedWith !== next.deletedWith) await run.commit([{ kind: "put", resource: onItsOwn(old) }]);
  const outputs = await provider.update({
    urn: old.urn,
    type: old.type,
    id: old.id,
    oldInputs: unwrapSecrets(old.inputs),
    oldOutputs: unwrapSecrets(old.outputs),
    newInputs: unwrapSecrets(next.inputs),
  });
  return outputsOf(run, next, outputs);
}

/**
 * An entry whose provider is asked for its deletion, whatever else goes.
 *
 * Only the update tells what a resource goes with. Until its answer is in the state nobody knows: left out after a crash it might
 * stay for ever, while asking for what is gone already is no harm. It still goes before what it went with.
 */
function onItsOwn(old: ResourceState): ResourceState {
  const dependencies = [...new Set([...old.dependencies, old.deletedWith])].filter((urn) => urn !== "").sort();
  return { ...old, deletedWith: "", dependencies };
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
