import { availableParallelism } from "node:os";
import { hostProgram } from "./host/host.ts";
import type { Runner } from "./host/runner.ts";
import { memoryState } from "./state/memory.ts";
import type { StateStore } from "./state/types.ts";
import { createDeployment } from "./steps/deployment.ts";
import { turns } from "./turns.ts";
import type { Diagnostic, RunRequest, RunResult, StackState } from "./types.ts";

/** Where and how patiently a program is run, beside what it is run against. */
export interface RunOptions {
  /** A child process shared with other programs, for plans. Absent: a process of its own, through the SDK's launcher. */
  runner?: Runner;
  /** Seconds of the program's own time without a call to the engine after which it counts as stuck. @default 10 */
  quietSeconds?: number;
  /** Seconds in which its event loop does not turn after which it counts as blocked. @default 60 */
  blockedSeconds?: number;
}

/** Each run alone is a process of its own: where many programs fail at once, they explain themselves a few at a time. */
const explaining = turns(availableParallelism());

/**
 * Runs one program against one stack's state: a preview, an update, or (without running the program) a destroy.
 *
 * A program that fails in a runner is run once more, alone and with stack traces, against a copy of the state; that diagnosis is given.
 *
 * @example
 * const { ok, steps, state } = await run({ project: "network", stack: "staging", organization: "organization", mode: "update",
 *   program: { folder: "/checkout/infra/stacks/network" }, config: {}, secretKeys: [], state: memoryState(), providers, references });
 */
export async function run(request: RunRequest & RunOptions): Promise<RunResult> {
  const state = writable(request.state);
  if (request.mode === "destroy") return destroy(request, state);

  const spare = request.runner ? copyOf(state) : undefined;
  const first = await attempt(request, state);
  if (!spare || !first.unexplained || request.signal?.aborted) return first.result;

  const again = await explaining.take(request.references, (references) =>
    attempt({ ...request, references, runner: undefined, onEvent: undefined }, spare),
  );
  if (first.lost) return again.result;
  return { ...first.result, diagnostics: explained(first.result.diagnostics, again.result) };
}

async function destroy(request: RunRequest, state: StateStore): Promise<RunResult> {
  const deployment = createDeployment({ ...request, state });
  await deployment.finish(true);
  const diagnostics = [...deployment.diagnostics];
  return {
    ok: !deployment.failed && !hasErrors(diagnostics),
    steps: [...deployment.steps],
    outputs: deployment.outputs,
    state,
    diagnostics,
  };
}

async function attempt(
  request: RunRequest & RunOptions,
  state: StateStore,
): Promise<{ result: RunResult; unexplained: boolean; lost: boolean }> {
  const said: Diagnostic[] = [];
  const deployment = createDeployment({ ...request, state });
  const hosted = await hostProgram({
    ...request,
    deployment,
    preview: request.mode === "preview",
    report: (diagnostic) => {
      said.push(diagnostic);
      request.onEvent?.({ kind: "diagnostic", diagnostic });
    },
  });
  await deployment.finish(hosted.ok && !deployment.failed);

  const diagnostics = [...said, ...deployment.diagnostics];
  const ok = hosted.ok && !deployment.failed && !hasErrors(diagnostics);
  // Of an unsuccessful program: the old ones overlaid with the new.
  const outputs = ok ? deployment.outputs : { ...state.outputs(), ...deployment.outputs };
  return {
    result: { ok, steps: [...deployment.steps], outputs, state, diagnostics },
    unexplained: hosted.unexplained,
    lost: hosted.lost,
  };
}

/** What the program said in the runner, with its errors replaced by those of the run alone. */
function explained(first: Diagnostic[], alone: RunResult): Diagnostic[] {
  const rest = first.filter(({ severity }) => severity !== "error");
  const errors = alone.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return [...rest, ...errors];
  const shared = first.map((diagnostic): Diagnostic =>
    diagnostic.severity === "error"
      ? {
          ...diagnostic,
          message: `${diagnostic.message}\nRun alone, the same program succeeds: it depends on what programs in one process share.`,
        }
      : diagnostic,
  );
  return shared;
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

function writable(state: StackState): StateStore {
  return "commit" in state ? (state as StateStore) : copyOf(state);
}

function copyOf(state: StackState): StateStore {
  return memoryState({ resources: state.resources(), outputs: state.outputs(), salt: state.salt });
}
