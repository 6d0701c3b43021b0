import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));

export interface ServiceProcess {
  child: ChildProcess;
  stdout: string;
  stderr: string;
  /** Resolves when it has ended and all its output has been read. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Runs src/main.ts as the image does, with these variables and no others. */
export function startProcess(environment: Record<string, string>): ServiceProcess {
  const child = spawn(process.execPath, [MAIN], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  const started: ServiceProcess = {
    child,
    stdout: "",
    stderr: "",
    ended: once(child, "close").then(([code, signal]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
    })),
  };
  child.stdout.on("data", (chunk: Buffer) => (started.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (started.stderr += chunk.toString()));
  return started;
}

/** The address that the process logged once it serves. @throws when it ends before, with what it said */
export async function serving(started: ServiceProcess): Promise<string> {
  let over = false;
  void started.ended.then(() => (over = true));
  for (;;) {
    const url = /serving \d+ products at (http:\/\/[^"\s]+)/.exec(started.stdout)?.[1];
    if (url !== undefined) return url;
    if (over) throw new Error(`the service ended before it served:\n${started.stdout}${started.stderr}`);
    await Promise.race([once(started.child.stdout!, "data"), started.ended]);
  }
}
