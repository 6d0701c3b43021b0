import type { PropertyMap } from "../../properties/value.ts";
import type { Edit } from "../../state/types.ts";
import type { ResourceState, Step } from "../../types.ts";
import type { Run } from "../run.ts";
import type { ReadRegistration, RegistrationResult } from "../types.ts";
import { equal, unwrapSecrets } from "../../properties/equal.ts";
import { unknown } from "../../properties/value.ts";
import { guardOf, refuseGuarded } from "../deciding/guarded.ts";
import { NOTHING_INHERITED } from "../deciding/inheritance.ts";
import { tellingNoSecrets } from "../deciding/secrets.ts";
import { stepOf } from "../deciding/step.ts";
import { RegistrationError } from "../error.ts";
import { outputsOf } from "../executing/create.ts";
import { STACK_REFERENCE_TYPE, createUrn, packageOf } from "../naming/urn.ts";
import { claim, claimUrn, parentOf } from "./claim.ts";
import { providerFor } from "./provider-for.ts";
import { referencedOutputs } from "./stack-reference.ts";

/**
 * Reads a resource that something else manages. It is kept in state as external: it is never updated or deleted.
 *
 * In a preview nobody is asked: what an earlier run read is answered, or nothing but the program's own inputs.
 */
export async function read(run: Run, request: ReadRegistration): Promise<RegistrationResult> {
  const { type, name } = request;
  const parent = parentOf(run, request);
  const urn = createUrn({ stack: run.options.stack, project: run.options.project, parent, type, name });
  claimUrn(run, urn, request);
  const inherited = run.claims.get(parent)?.inherited ?? NOTHING_INHERITED;
  const claimed = claim(run, urn, inherited, []);
  const inputs = () => [request.inputs, run.snapshot.live(urn)?.inputs];
  try {
    return await tellingNoSecrets(urn, inputs, async () => {
      const isReference = type === STACK_REFERENCE_TYPE;
      const provider = isReference ? "" : await providerFor(run, packageOf(type), request.provider, inherited, request.version);
      const { entry, old, steps } = await run.decide(async () => decideRead(run, request, { urn, parent, provider }));
      let state = entry;
      await run.perform(steps, async () => {
        const answered = await answer(run, request, entry, old);
        if (answered) state = { ...entry, outputs: outputsOf(run, entry, answered) };
        await run.commit(editsOf(state, old));
        return { resource: state, previous: old };
      });
      const result = { urn, id: request.id, outputs: { ...state.inputs, ...state.outputs } };
      claimed.done(state, result);
      return result;
    });
  } catch (error) {
    // Before others learn that it is over: what waits for it must not go on as if it had succeeded.
    throw run.fail(error);
  } finally {
    claimed.over();
  }
}

async function decideRead(
  run: Run,
  request: ReadRegistration,
  { urn, parent, provider }: { urn: string; parent: string; provider: string },
): Promise<{ entry: ResourceState; old: ResourceState | undefined; steps: Step[] }> {
  run.proceed(urn);
  const { id } = request;
  if (id === unknown && !run.preview) {
    throw new RegistrationError(
      "refused",
      `${request.name} (${request.type}): the id to read is unknown, which it may be in previews only`,
      urn,
    );
  }
  const old = run.snapshot.live(urn);
  const replaces = old !== undefined && !old.external && old.id !== id;
  const generation = replaces || !old ? run.snapshot.nextGeneration(urn) : old.generation;
  const entry: ResourceState = {
    urn,
    type: request.type,
    name: request.name,
    custom: true,
    id: typeof id === "string" ? id : "",
    inputs: request.inputs,
    outputs: {},
    parent,
    dependencies: [...new Set(request.dependencies)].sort(),
    propertyDependencies: {},
    provider,
    protect: false,
    retainOnDelete: false,
    deletedWith: "",
    external: true,
    delete: false,
    pendingReplacement: false,
    aliases: [],
    additionalSecretOutputs: [...new Set(request.additionalSecretOutputs)].sort(),
    generation,
  };
  if (replaces) refuseGuarded(run, "replace", [old]);
  const step = replaces
    ? stepOf(run, "read-replacement", entry, {
        oldInputs: old.inputs,
        newInputs: entry.inputs,
        why: "replace because it was managed and is only read now",
        guarded: guardOf(run, old),
      })
    : stepOf(run, "read", entry, { newInputs: entry.inputs, why: "read because something else manages it" });
  run.steps.push(step);
  return { entry, old, steps: [step] };
}

/** What is known of it; undefined when that is nothing but the program's inputs. */
async function answer(
  run: Run,
  request: ReadRegistration,
  entry: ResourceState,
  old: ResourceState | undefined,
): Promise<PropertyMap | undefined> {
  if (request.id === unknown) return undefined;
  if (request.type === STACK_REFERENCE_TYPE) return referencedOutputs(run, request.name, entry.id);
  if (run.preview) return old?.id === entry.id ? unwrapSecrets(old.outputs) : undefined;
  const provider = await run.providers.of(entry);
  const { urn, type, id } = entry;
  const outputs = await provider.read({ urn, type, id, inputs: unwrapSecrets(entry.inputs) });
  if (outputs) return outputs;
  throw new RegistrationError("failed", `${request.name} (${type}): there is no resource with the id "${id}"`, urn);
}

function editsOf(state: ResourceState, old: ResourceState | undefined): Edit[] {
  if (old && old.generation === state.generation && equal({ ...old }, { ...state })) return [];
  const put: Edit = { kind: "put", resource: state };
  return old && old.generation !== state.generation ? [put, { kind: "put", resource: { ...old, delete: true } }] : [put];
}
