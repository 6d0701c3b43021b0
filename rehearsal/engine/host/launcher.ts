import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { programEnvironment } from "./environment.ts";
import { askPendings } from "./program/ask.ts";
import { type FromProgram, type Order, PARALLEL } from "./program/messages.ts";
import type { ProgramEnd, ProgramListener, ProgramProcess } from "./program/process.ts";

const PRELOAD = new URL("./program/preload.ts", import.meta.url);
const MODULE_ENTRY = fileURLToPath(new URL("./program/module-entry.ts", import.meta.url));

/** Characters of standard error that are kept for an error message. */
const STDERR_LIMIT = 100_000;

export interface LaunchOptions {
  /** The Node.js to run it with. @default the one that runs this */
  node?: string;
  /** Added to the allow-listed environment. */
  env?: Record<string, string>;
}

/**
 * Starts a program through the SDK's own launcher, `@pulumi/pulumi/cmd/run`, the file that the Pulumi CLI's language host starts.
 *
 * Its drained event loop is the only true end of a program: what is registered in a slow `apply` that nobody awaits is seen only here.
 */
export function launch(order: Order, listener: ProgramListener, options: LaunchOptions = {}): ProgramProcess {
  const { folder, entry } = place(order.program);
  const child = spawn(
    options.node ?? process.execPath,
    ["--import", PRELOAD.href, launcherOf(folder), ...flags(order, folder), ...entry],
    {
      cwd: folder,
      env: programEnvironment({
        ...options.env,
        PULUMI_CONFIG: JSON.stringify(order.config),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(order.secretKeys),
        PULUMI_NODEJS_TYPESCRIPT: "false",
      }),
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      // A process group of its own: all of it can be ended, and Ctrl-C reaches it only through us.
      detached: true,
    },
  );

  let stderr = "";
  createInterface({ input: child.stdout! }).on("line", (line) => listener.onOutput(stripVTControlCharacters(line)));
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    if (stderr.length < STDERR_LIMIT) stderr += text;
  });
  child.on("message", (message: FromProgram) => {
    if (message.kind === "tick") listener.onTick();
  });

  return {
    ended: end(),
    describe: () => askPendings(child, 0),
    kill: () => killGroup(child),
  };

  async function end(): Promise<ProgramEnd> {
    const { code, signal, error } = await closed(child);
    const said = stripVTControlCharacters(stderr).trim();
    if (error)
      return {
        ok: false,
        errors: [`the program could not be started with ${options.node ?? process.execPath}: ${error.message}`],
      };
    if (code === 0) {
      for (const line of said === "" ? [] : said.split("\n")) listener.onOutput(line);
      return { ok: true, errors: [], otherwise: "the program ended before it had finished: does it call process.exit?" };
    }
    const how = signal ? `was ended by ${signal}` : `exited with code ${code}`;
    return { ok: false, errors: [], otherwise: `the program ${how}${said === "" ? "" : `:\n${said}`}` };
  }
}

/** The working folder, and what the launcher is told to run in it. `.`: what package.json says, else index.js, index.mjs or index.ts. */
function place(program: Order["program"]): { folder: string; entry: string[] } {
  if ("folder" in program) return { folder: program.folder, entry: ["."] };
  const args = program.args === undefined ? [] : [JSON.stringify(program.args)];
  return { folder: dirname(program.module), entry: [MODULE_ENTRY, pathToFileURL(program.module).href, ...args] };
}

/** The launcher of the SDK that the program itself imports. */
function launcherOf(folder: string): string {
  return createRequire(join(folder, "package.json")).resolve("@pulumi/pulumi/cmd/run");
}

function flags(order: Order, folder: string): string[] {
  const values = {
    monitor: order.address,
    engine: order.address,
    project: order.project,
    stack: order.stack,
    organization: order.organization,
    parallel: String(PARALLEL),
    pwd: folder,
    "root-directory": folder,
  };
  return [...Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]), ...(order.preview ? ["--dry-run"] : [])];
}

function closed(child: ChildProcess): Promise<{ code: number | null; signal: string | null; error?: Error }> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: null, signal: null, error }));
    child.once("exit", () => killGroup(child)); // what the program started and left running
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nothing of it is left.
  }
}
