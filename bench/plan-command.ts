import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "./measure/cold-process.ts";

/** The checkout that this is part of. */
export const ROOT = resolve(fileURLToPath(new URL("..", import.meta.url)));

/** `fairway plan --json` of everything, as a person runs it, on this Node. */
export const planCommand: Command = {
  argv: [process.execPath, join(ROOT, "tools/cli/bin/fairway.mjs"), "plan", "--json"],
  cwd: ROOT,
};

/** What `fairway plan --json` prints, as far as it is read here. */
export interface PlanJson {
  environments: Record<string, Record<string, { ok: boolean; steps: { type: string; op: string; provider: boolean }[] }>>;
}

/** How often each type of resource stands in a plan; providers and what is only read are none of the platform's. */
export function countTypes(plan: PlanJson): Map<string, number> {
  const counts = new Map<string, number>();
  for (const step of stepsOf(plan)) {
    if (!step.provider && step.op !== "read") counts.set(step.type, (counts.get(step.type) ?? 0) + 1);
  }
  return counts;
}

function stepsOf(plan: PlanJson) {
  return Object.values(plan.environments).flatMap((stacks) => Object.values(stacks).flatMap(({ steps }) => steps));
}
