import type { Exit } from "../tasks/task.ts";
import type { Health } from "../targets/health.ts";

/** How a process ended by itself, for example `exited with code 1 after 0.4 s`. */
export function exitReason(exit: Exit): string {
  if (exit.error !== undefined) return `could not be started: ${exit.error}`;
  const how = exit.signal === null ? `exited with code ${exit.code ?? "?"}` : `was ended by ${exit.signal}`;
  return `${how} after ${exit.seconds.toFixed(1)} s`;
}

/** Why a target is unhealthy, for example `GET /healthz → 500 after 3 tries`. */
export function healthReason(path: string, health: Health, listened: boolean): string {
  const check = `GET ${path} → ${health.answer} after ${health.failures} ${health.failures === 1 ? "try" : "tries"}`;
  return listened ? check : `never listened on PORT (${check})`;
}

/** A reason with what the task wrote last, as a person reads it. */
export function withLastLines(reason: string, task: string, lines: readonly string[]): string {
  if (lines.length === 0) return `${reason}\n${task} wrote nothing.`;
  return [reason, `last lines of ${task}:`, ...lines.slice(-10).map((line) => `  ${line}`)].join("\n");
}
