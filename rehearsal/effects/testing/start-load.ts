import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { LoadOptions, LoadReport } from "./load.ts";

/** Load that is under way. */
export interface Load {
  /** Sends no more, waits for the answers that are due, and resolves with what happened. */
  end(): Promise<LoadReport>;
}

/** Starts the load generator in a process of its own; resolves when its first request has left. */
export async function startLoad(options: LoadOptions): Promise<Load> {
  const script = fileURLToPath(new URL("./load.ts", import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  await once(child.stderr, "data");
  return {
    async end() {
      child.kill("SIGTERM");
      await once(child, "close");
      return JSON.parse(printed) as LoadReport;
    },
  };
}
