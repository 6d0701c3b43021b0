import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import type { Diagnostic } from "../types.ts";
import { programEnvironment } from "./environment.ts";
import { askPendings } from "./program/ask.ts";
import type { FromRunner, Order, ToRunner } from "./program/messages.ts";
import type { ProgramEnd, ProgramListener, ProgramProcess } from "./program/process.ts";

const CHILD = fileURLToPath(new URL("./runner-child.ts", import.meta.url));

export interface RunnerOptions {
  /** The working folder of the process. Programs are given as absolute paths and must not depend on it. */
  cwd: string;
  /** The Node.js to run it with. @default the one that runs this */
  node?: string;
  /** Added to the allow-listed environment. */
  env?: Record<string, string>;
  /** Start at once and load the SDK that this folder resolves, while the caller prepares the first program. */
  sdkRoot?: string;
}

/**
 * A child process that runs many programs at once, for plans.
 *
 * Each program uses the SDK that its own folder resolves, so a runner over another checkout runs that checkout's programs with that
 * checkout's SDK. Modules are loaded once and shared by all runs.
 */
export interface Runner {
  run(order: Order, listener: RunnerListener): ProgramProcess;
  /** Ends the process. Programs in it end unsuccessfully. */
  close(): Promise<void>;
}

export interface RunnerListener extends ProgramListener {
  onLog: (diagnostic: Diagnostic) => void;
}

interface Entry {
  listener: RunnerListener;
  end: (end: ProgramEnd) => void;
}

/**
 * Makes a runner; its process starts with the first program (or at once, with `sdkRoot`), and again should it die.
 *
 * @example
 * const runner = createRunner({ cwd: checkout });
 * try { await run({ ...request, runner }); } finally { await runner.close(); }
 */
export function createRunner(options: RunnerOptions): Runner {
  const entries = new Map<number, Entry>();
  let child: ChildProcess | undefined;
  let exited = Promise.resolve();
  let last = 0;
  if (options.sdkRoot !== undefined) tell((child = start()), { kind: "load", folder: options.sdkRoot });

  return {
    run(order, listener) {
      const number = ++last;
      const ended = Promise.withResolvers<ProgramEnd>();
      entries.set(number, { listener, end: ended.resolve });
      const to = (child ??= start());
      tell(to, { kind: "run", run: number, order });
      return {
        ended: ended.promise,
        describe: async () => {
          const answer = await askPendings(to, number);
          if (!answer) kill(to); // blocked: nothing in there can go on
          return answer;
        },
        kill: () => {
          tell(to, { kind: "abandon", run: number });
          finish(number, { ok: false, errors: [] });
        },
      };
    },
    async close() {
      if (child) tell(child, { kind: "close" });
      await exited;
    },
  };

  function start(): ChildProcess {
    const started = fork(CHILD, [], {
      cwd: options.cwd,
      execPath: options.node ?? process.execPath,
      // The SDK makes many short-lived objects; a young generation of 64 MB instead of 16 MB saved about a tenth in a program of 400 resources.
      execArgv: ["--max-semi-space-size=64"],
      env: programEnvironment(options.env),
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      serialization: "advanced",
      detached: true,
    });
    let stderr = "";
    started.stderr!.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-10_000);
    });
    started.on("message", hear);
    exited = new Promise((resolve) => {
      const gone = (how: string) => {
        if (child === started) child = undefined;
        kill(started); // what its programs started and left running
        const why = stripVTControlCharacters(stderr).trim();
        // Whose fault it was can't be told.
        for (const number of entries.keys())
          finish(number, { ok: false, errors: [], lost: true, otherwise: `the runner ${how}\n${why}`.trim() });
        resolve();
      };
      started.once("error", (error) => gone(`could not be started: ${error.message}`));
      started.once("close", (code, signal) => gone(signal ? `was ended by ${signal}` : `exited with code ${code}`));
    });
    return started;
  }

  function hear(message: FromRunner): void {
    if (message.kind === "tick") for (const entry of entries.values()) entry.listener.onTick();
    if (message.kind === "log") {
      const { severity, urn, message: text } = message;
      entries.get(message.run)?.listener.onLog({ severity, urn, message: stripVTControlCharacters(text) });
    }
    if (message.kind === "ended")
      finish(message.run, { ok: message.errors.length === 0, errors: message.errors, clear: message.clear });
  }

  function finish(number: number, end: ProgramEnd): void {
    const entry = entries.get(number);
    entries.delete(number);
    entry?.end(end);
  }
}

function tell(child: ChildProcess, message: ToRunner): void {
  child.send(message, () => {});
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nothing of it is left.
  }
}
