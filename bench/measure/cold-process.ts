import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A command that is measured as a whole process, from its start to its end. */
export interface Command {
  argv: readonly string[];
  cwd: string;
  env?: Record<string, string>;
}

/** What one run of a command cost, in seconds. */
export interface Cost {
  wall: number;
  /** User and system time of the process and of all its children. */
  cpu: number;
}

/**
 * Runs a command and waits for its end.
 *
 * Node tells a process's own CPU time, not its children's; POSIX `times` of the shell that waited for them tells both, everywhere.
 *
 * @returns its cost, and what it printed on standard output
 * @throws with the last lines of its standard error when it fails
 */
export async function runCold(command: Command): Promise<Cost & { stdout: string }> {
  const folder = mkdtempSync(join(tmpdir(), "fairway-bench-"));
  const files = { out: join(folder, "out"), err: join(folder, "err"), times: join(folder, "times") };
  const out = openSync(files.out, "w");
  const err = openSync(files.err, "w");
  try {
    const started = performance.now();
    const code = await exitOf(
      spawn("/bin/sh", ["-c", SHELL, files.times, ...command.argv], {
        cwd: command.cwd,
        env: { ...environment(), ...command.env },
        stdio: ["ignore", out, err],
      }),
    );
    const wall = (performance.now() - started) / 1000;
    if (code !== 0)
      throw new Error(`${command.argv.join(" ")} exited with ${code}:\n${readFileSync(files.err, "utf8").slice(-4000)}`);
    return { wall, cpu: cpuSeconds(readFileSync(files.times, "utf8")), stdout: readFileSync(files.out, "utf8") };
  } finally {
    closeSync(out);
    closeSync(err);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `$0` is the file for the times. The shell must wait for the command, not become it. */
const SHELL = '"$@"; code=$?; times > "$0"; exit $code';

/** Seconds in the output of `times`: a line for the shell and one for its children, each user and system, such as `0m1.23s`. */
export function cpuSeconds(times: string): number {
  const found = [...times.matchAll(/(\d+)m([\d.,]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds!.replace(",", ".")),
  );
  if (found.length !== 4)
    throw new Error(`the shell's \`times\` printed ${JSON.stringify(times)}; expected four durations such as 0m1.23s`);
  return found.reduce((sum, value) => sum + value, 0);
}

/** The caller's environment with this Node first in the path, and nothing that would make one side faster than the other. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, NODE_COMPILE_CACHE: _cache, ...rest } = process.env;
  return { ...rest, PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ""}`, NO_COLOR: "1" };
}

function exitOf(child: ReturnType<typeof spawn>): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? signal ?? "no code"));
  });
}
