import type { Diagnostic } from "../types.ts";
import type { Pendings } from "./program/messages.ts";
import type { ProgramListener, ProgramProcess } from "./program/process.ts";
import { refusalIn } from "./protocol/refusals.ts";
import type { ProgramServer } from "./protocol/server.ts";
import { watch } from "./watchdog.ts";

export interface Supervision {
  server: ProgramServer;
  start: (listener: ProgramListener) => ProgramProcess;
  report: (diagnostic: Diagnostic) => void;
  signal?: AbortSignal;
  /** Seconds of the program's own event loop without a call to the engine after which it counts as stuck. @default 10 */
  quietSeconds?: number;
  /** Seconds without a turn of the program's event loop after which it counts as blocked. @default 60 */
  blockedSeconds?: number;
}

/** How a supervised program did. Whatever speaks against it was reported. */
export interface Verdict {
  /** It signalled its end, logged no error, left nothing uncaught and exited with 0. Only then may anything be deleted. */
  ok: boolean;
  /** The program itself failed, in a way that running it alone, with stack traces, can explain. */
  unexplained: boolean;
  /** Its process was lost for a reason that is not known to be its own. */
  lost: boolean;
}

/** Runs one program to its end. */
export async function supervise({
  server,
  start,
  report,
  signal,
  quietSeconds = 10,
  blockedSeconds = 60,
}: Supervision): Promise<Verdict> {
  const stuck = Promise.withResolvers<{ pendings: Pendings | undefined }>();
  const watchdog = watch({
    calls: server.calls,
    describe: () => program.describe(),
    quietSeconds,
    blockedSeconds,
    onStuck: (pendings) => stuck.resolve({ pendings }),
  });
  const program = start({ onTick: watchdog.beat, onOutput: (message) => report({ severity: "info", message }) });

  const aborted = Promise.withResolvers<void>();
  const abort = () => aborted.resolve();
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();

  try {
    const outcome = await Promise.race([
      program.ended,
      stuck.promise,
      server.broken.then(() => "broken" as const),
      aborted.promise.then(() => "aborted" as const),
    ]);
    const isStuck = typeof outcome === "object" && "pendings" in outcome;
    if (isStuck) report({ severity: "error", message: diagnosis(outcome.pendings, server, quietSeconds) });
    if (outcome === "aborted") report({ severity: "error", message: "the run was interrupted; nothing was deleted" });
    if (typeof outcome === "string" || isStuck) {
      server.calls.end();
      program.kill();
      await program.ended;
      return { ok: false, unexplained: isStuck, lost: isStuck && !outcome.pendings };
    }

    const errors = [...outcome.errors];
    const finished = outcome.ok && server.signalled;
    if (!finished && errors.length === 0 && !server.errors)
      errors.push(outcome.otherwise ?? "the program ended before it had finished");
    for (const message of errors) report({ severity: "error", message });
    return {
      ok: finished && errors.length === 0 && !server.errors,
      unexplained: !outcome.clear && errors.some((message) => !refusalIn(message)),
      lost: outcome.lost === true,
    };
  } finally {
    watchdog.stop();
    signal?.removeEventListener("abort", abort);
  }
}

/** What a stuck program waits for, as well as can be known. */
function diagnosis(pendings: Pendings | undefined, server: ProgramServer, quietSeconds: number): string {
  if (!pendings) return "the program does not let its event loop turn: it computes without end, or waits synchronously.";
  const lines = pendings.pending.map(({ name, type, waitsFor }) => `  "${name}"${type && ` [${type}]`} waits for ${waitsFor}`);
  if (!server.settled) lines.push("  the stack's outputs: the program's default export has not settled");
  if (lines.length === 0)
    lines.push(`  nothing of Pulumi's, but its process is kept alive by: ${pendings.handles.join(", ") || "something unknown"}`);
  return (
    `the program has not finished, and has asked nothing of the engine for ${quietSeconds} s. What is pending:\n${lines.join("\n")}\n` +
    "Some promise or output in it never settles, or two resources wait for each other."
  );
}
