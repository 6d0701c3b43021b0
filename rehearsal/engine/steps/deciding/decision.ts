import type { DiffResult, Provider } from "../../provider.ts";
import type { ResourceState, Step } from "../../types.ts";
import type { Run } from "../run.ts";
import type { Dependent } from "./delete-before-replace.ts";
import { equal } from "../../properties/equal.ts";
import { ignoreChanges } from "../../properties/ignore-changes.ts";
import { checked } from "./check.ts";
import { dependentsToReplace } from "./delete-before-replace.ts";
import { difference, weakest } from "./difference.ts";
import type { Goal } from "./goal.ts";
import { entryOf } from "./goal.ts";
import { guardOf, refuseGuarded } from "./guarded.ts";
import { replacedByProvider } from "./provider-change.ts";
import { markSecrets } from "./secrets.ts";
import { componentChanges, stepOf } from "./step.ts";
import { because } from "./why.ts";

/** What is to be done for one registration. `next` is the entry to come, without what only its provider knows. */
export type Decision =
  | { kind: "create"; next: ResourceState; old?: undefined; steps: [Step] }
  | { kind: "same"; next: ResourceState; old: ResourceState; steps: [Step] }
  | { kind: "update"; next: ResourceState; old: ResourceState; recomputed: string[]; steps: [Step] }
  | {
      kind: "replace";
      next: ResourceState;
      old: ResourceState;
      steps: [replace: Step, create: Step];
      /** To delete before, in this order. Empty: the old one is deleted at the end. */
      first: { entry: ResourceState; step: Step }[];
      /** What will be registered later and then has to be made anew. */
      dependents: Dependent[];
    };

/**
 * Decides as Pulumi's step generator does: check, then diff, then same, update or replace. Calls nothing that changes anything.
 *
 * @param provider undefined for a component
 */
export async function decide(
  run: Run,
  goal: Goal,
  provider: Provider | undefined,
  old: ResourceState | undefined,
): Promise<Decision> {
  if (!old) return create(run, goal, provider);
  if (!provider && !old.custom) return component(run, goal, old);
  const anew = whyAnew(run, goal, old);
  if (anew) return replace(run, goal, provider, old, anew);
  return compare(run, goal, provider!, old);
}

async function create(run: Run, goal: Goal, provider: Provider | undefined): Promise<Decision> {
  const next = await fresh(run, goal, provider);
  return {
    kind: "create",
    next,
    steps: [stepOf(run, "create", next, { newInputs: next.inputs, why: "create because it is new" })],
  };
}

function component(run: Run, goal: Goal, old: ResourceState): Decision {
  const inputs = goal.registration.inputs;
  const next = { ...entryOf(goal, inputs, old.generation), outputs: old.outputs };
  if (equal(old.inputs, inputs))
    return { kind: "same", old, next, steps: [stepOf(run, "same", next, { oldInputs: old.inputs, newInputs: inputs })] };
  const changes = componentChanges(old.inputs, inputs);
  const why = because("update", changes, [], old.inputs, inputs);
  const step = stepOf(run, "update", next, { oldInputs: old.inputs, newInputs: inputs, detailedDiff: changes, why });
  return { kind: "update", old, next, recomputed: [], steps: [step] };
}

/** Why an entry can't be compared with, only replaced. */
function whyAnew(run: Run, goal: Goal, old: ResourceState): Replacement | undefined {
  const condemned = run.condemned.get(goal.urn);
  if (condemned) return { why: condemned.why, replaceKeys: condemned.replaceKeys, gone: true };
  if (old.pendingReplacement) {
    return {
      why: "replace because an earlier run deleted it and did not come to making it again",
      replaceKeys: [],
      deleteFirst: true,
    };
  }
  if (old.external) return { why: "replace because it was read and is managed now", replaceKeys: [] };
  if (old.custom !== goal.registration.custom) {
    const kinds = old.custom ? "managed by a provider and is a component now" : "a component and is managed by a provider now";
    return { why: `replace because it was ${kinds}`, replaceKeys: [] };
  }
  return undefined;
}

async function compare(run: Run, goal: Goal, provider: Provider, old: ResourceState): Promise<Decision> {
  const { registration } = goal;
  const wanted = ignoreChanges(old.inputs, registration.inputs, registration.ignoreChanges);
  const inputs = await checked(run, goal, provider, wanted, old.inputs, old.generation);
  const next = { ...entryOf(goal, inputs, old.generation), id: old.id };

  const otherProvider = await replacedByProvider(run, old, goal.provider);
  if (otherProvider) return replace(run, goal, provider, old, { ...otherProvider, replaceKeys: ["provider"] });

  const diff = await difference(run, provider, old, inputs, registration.replaceOnChanges);
  if (diff.replaceKeys.length > 0) {
    const why = because("replace", diff.detailedDiff, diff.replaceKeys, old.inputs, inputs);
    const deleteFirst = registration.deleteBeforeReplace ?? diff.deleteBeforeReplace;
    return replace(run, goal, provider, old, {
      why,
      replaceKeys: diff.replaceKeys,
      detailedDiff: diff.detailedDiff,
      deleteFirst,
    });
  }
  const values = { oldInputs: old.inputs, newInputs: inputs };
  if (diff.changedKeys.length === 0) return { kind: "same", old, next, steps: [stepOf(run, "same", next, values)] };
  const { detailedDiff, changedKeys, recomputed } = diff;
  const why = because("update", detailedDiff, changedKeys, old.inputs, inputs);
  return { kind: "update", old, next, recomputed, steps: [stepOf(run, "update", next, { ...values, detailedDiff, why })] };
}

interface Replacement {
  why: string;
  replaceKeys: string[];
  detailedDiff?: DiffResult["detailedDiff"];
  deleteFirst?: boolean;
  /** It was deleted already, in this run. */
  gone?: boolean;
}

/** Names are chosen anew, and `ignoreChanges` says nothing about a resource that does not exist yet. */
async function replace(
  run: Run,
  goal: Goal,
  provider: Provider | undefined,
  old: ResourceState,
  {
    why,
    replaceKeys,
    detailedDiff = {},
    deleteFirst = goal.registration.deleteBeforeReplace ?? false,
    gone = false,
  }: Replacement,
): Promise<Decision> {
  const next = await fresh(run, goal, provider);
  const before = deleteFirst && !gone && !old.external;
  const dependents = before && !old.pendingReplacement ? await dependentsToReplace(run, old) : [];

  if (!gone && !old.pendingReplacement) {
    refuseGuarded(run, "replace", [old], "");
    const chain = dependents.map((dependent) => dependent.entry);
    refuseGuarded(run, "delete", chain, `${old.name} (${old.type}) is replaced, and they must be deleted before it`);
  }
  const values = { oldInputs: old.inputs, newInputs: next.inputs, replaceKeys, detailedDiff, why };
  const guarded = old.pendingReplacement && !gone ? undefined : guardOf(run, old);
  const known = weakest(Object.values(detailedDiff), stepOf(run, "replace", next, {}).known);
  return {
    kind: "replace",
    old,
    next,
    steps: [
      stepOf(run, "replace", next, { ...values, guarded, known }),
      stepOf(run, "create-replacement", next, { ...values, known }),
    ],
    first: before ? deletionsBefore(run, old, next, dependents) : [],
    dependents,
  };
}

function deletionsBefore(
  run: Run,
  old: ResourceState,
  next: ResourceState,
  dependents: readonly Dependent[],
): { entry: ResourceState; step: Step }[] {
  const chain = dependents.toReversed().map(({ entry, why, replaceKeys }) => ({
    entry,
    step: stepOf(run, "delete-replaced", entry, {
      oldInputs: entry.inputs,
      replaceKeys,
      why: why.replace(/^replace/, `delete before ${old.name} is replaced,`),
      guarded: guardOf(run, entry),
    }),
  }));
  const own = stepOf(run, "delete-replaced", old, {
    oldInputs: markSecrets(old.inputs, next.inputs),
    why: "delete before its replacement is made",
  });
  return [...chain, { entry: old, step: own }];
}

async function fresh(run: Run, goal: Goal, provider: Provider | undefined): Promise<ResourceState> {
  const generation = run.snapshot.nextGeneration(goal.urn);
  const { inputs } = goal.registration;
  return entryOf(goal, provider ? await checked(run, goal, provider, inputs, undefined, generation) : inputs, generation);
}
