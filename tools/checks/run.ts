import { spawn } from "node:child_process";
import type { Check } from "./checks.ts";
import type { Tally } from "./report.ts";

/** Runs a check with its output held back, and tells in one line how it went; the output follows when it failed. */
export async function runCheck(check: Check, cwd: string): Promise<keyof Tally> {
  const started = performance.now();
  const { code, output } = await run(check.command, cwd, "pipe");
  if (code === undefined) {
    if (check.needs !== undefined) {
      console.log(`- ${check.name} skipped: ${check.needs} is not on the PATH, and is no npm package`);
      return "skipped";
    }
    console.log(`✘ ${check.name}: ${check.command[0]} is not there. Run npm install.`);
    return "failed";
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (code === 0) {
    console.log(`✔ ${check.name} ${seconds} s`);
    return "passed";
  }
  const remedy = check.remedy === undefined ? "" : `To mend it: ${check.remedy}\n`;
  console.log(`✘ ${check.name} ${seconds} s\n\n${output.trim()}\n${remedy}`);
  return "failed";
}

/** Runs a command with its output straight to the terminal. */
export async function runStreaming(command: readonly string[], cwd: string): Promise<number> {
  return (await run(command, cwd, "inherit")).code ?? 1;
}

/** `code` is undefined when there is no such program. */
function run([program = "", ...args]: readonly string[], cwd: string, output: "pipe" | "inherit") {
  return new Promise<{ code: number | undefined; output: string }>((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ["ignore", output, output] });
    let text = "";
    child.stdout?.on("data", (chunk) => (text += chunk));
    child.stderr?.on("data", (chunk) => (text += chunk));
    child.on("error", (error) =>
      "code" in error && error.code === "ENOENT" ? resolve({ code: undefined, output: "" }) : reject(error),
    );
    child.on("close", (code) => resolve({ code: code ?? 1, output: text }));
  });
}
