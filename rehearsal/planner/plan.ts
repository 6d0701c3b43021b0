import {
  memoryState,
  run,
  Secret,
  turns,
  type Diagnostic,
  type Provider,
  type ResourceState,
  type Runner,
  type RunResult,
  type StackOutputs,
  type StackState,
} from "@fairway/engine";
import { coordinate, keyOf, type StackId } from "./coordinate.ts";
import { joinPasses, type Finding, type PlannedStep } from "./passes.ts";

/** A stack to plan: its program and its configuration. */
export interface StackProgram extends StackId {
  /** Absolute folder with the Pulumi.yaml. */
  folder: string;
  /** Keys with their namespace. */
  config: Record<string, string>;
  secretKeys: string[];
}

export interface PlanRequest {
  organization: string;
  stacks: readonly StackProgram[];
  providers: (packageName: string) => Provider;
  /** What the plan starts from; a stack that it does not know starts from nothing. */
  base?: (id: StackId) => StackState | undefined;
  /** Where programs run. Two of them use two cores: a stack's preview runs beside its update. */
  /** Without one for previews the plan is what the update does, which is all that a rehearsal about to update needs. */
  runners: { update: Runner; preview?: Runner };
  onDone?: (id: StackId, ok: boolean) => void;
  signal?: AbortSignal;
}

export interface StackPlan extends StackId {
  ok: boolean;
  /** Sorted by URN, `same` included. */
  steps: PlannedStep[];
  findings: Finding[];
  diagnostics: Diagnostic[];
  /** After the update pass. */
  state: StackState;
}

/**
 * Programs at work at once, in both runners together. Each keeps everything that it has made in its runner's memory, and what is alive is
 * what garbage collection costs: with 200 at once it took a third of the time.
 */
const AT_ONCE = 32;

/**
 * Plans many stacks: for each the update from its base, then the preview that a person would be shown, joined.
 *
 * Consumers read what the producers' update pass returned, so a change cascades across stacks.
 */
export async function planStacks(request: PlanRequest): Promise<StackPlan[]> {
  const atWork = turns(AT_ONCE);
  const plans = await coordinate(request.stacks, async (stack, references) => {
    const needless = new AbortController();
    const pass = (mode: "update" | "preview", runner: Runner, signal = request.signal) =>
      atWork.take(references, (patiently) =>
        run({
          ...stack,
          organization: request.organization,
          program: { folder: stack.folder },
          mode,
          state: copyOf(request.base?.(stack)),
          providers: request.providers,
          references: patiently,
          runner,
          signal,
        }),
      );
    // A preview needs nothing of its own update, only what the producers' updates leave: both passes start at once, on a core each.
    const { preview: runner } = request.runners;
    const previewing = runner && pass("preview", runner, either(needless.signal, request.signal));
    const update = await pass("update", request.runners.update);
    if (!update.ok) needless.abort();
    // The preview is not awaited here: consumers go on as soon as the update pass has outputs.
    const preview = previewing ? previewing.then((result) => (update.ok ? result : undefined)) : Promise.resolve(update);
    return { ok: update.ok, outputs: outputsOf(update), update, preview };
  });

  const wanted = request.stacks.map(async (stack): Promise<StackPlan> => {
    const outcome = plans.get(keyOf(stack));
    if (!outcome) throw new Error(`no outcome for ${keyOf(stack)}`);
    const preview = await outcome.preview;
    const ok = outcome.ok && preview?.ok === true;
    request.onDone?.(stack, ok);
    return {
      project: stack.project,
      stack: stack.stack,
      ok,
      ...joinPasses(preview?.steps ?? [], outcome.update.steps),
      diagnostics: distinct([...outcome.update.diagnostics, ...(preview?.diagnostics ?? [])]),
      state: outcome.update.state,
    };
  });
  return Promise.all(wanted);
}

function either(one: AbortSignal, other: AbortSignal | undefined): AbortSignal {
  return other ? AbortSignal.any([one, other]) : one;
}

function copyOf(state: StackState | undefined) {
  return memoryState(
    state && {
      resources: state.resources().map((resource): ResourceState => ({ ...resource })),
      outputs: state.outputs(),
      salt: state.salt,
    },
  );
}

/** What consumers of a finished run may read. */
export function outputsOf(result: Pick<RunResult, "outputs">): StackOutputs {
  return { outputs: result.outputs, secretOutputNames: secretNames(result.outputs) };
}

function secretNames(outputs: RunResult["outputs"]): string[] {
  return Object.keys(outputs)
    .filter((name) => outputs[name] instanceof Secret)
    .sort();
}

/** Both passes say the same things; a person needs them once. */
function distinct(diagnostics: Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter(({ severity, urn, message }) => {
    const key = JSON.stringify([severity, urn, message]);
    return seen.has(key) ? false : seen.add(key);
  });
}
