import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Command, type Cost, runCold } from "./measure/cold-process.ts";
import { inRounds, type Result, resultOf } from "./measure/rounds.ts";
import { added } from "./measure/statistics.ts";
import { countTypes, ROOT } from "./plan-command.ts";

const MAIN = fileURLToPath(new URL("./scale/main.ts", import.meta.url));
const SIZES = [0, 100, 200] as const;

/** Whether the second hundred services costs what the first does. */
export async function scale(rounds: number, say: (line: string) => void): Promise<Result> {
  const place = join(ROOT, ".fairway/bench");
  mkdirSync(place, { recursive: true });
  const folder = mkdtempSync(join(place, "services-"));
  try {
    const planOf = (count: number): Command => ({
      argv: [process.execPath, MAIN, join(folder, String(count)), String(count)],
      cwd: ROOT,
    });
    const commands = Object.fromEntries(SIZES.map((count) => [`${count} services`, planOf(count)]));
    const costs = await inRounds(commands, rounds, say);
    const [none, one, two] = SIZES.map((count) => costs[`${count} services`]!) as [Cost[], Cost[], Cost[]];
    const firstHundred = difference(one, none);
    const secondHundred = difference(two, one);
    return resultOf({
      bench: "scale",
      question: "services 101 to 200, against services 1 to 100",
      target: 1.2,
      shown: { ...costs, "services 1 to 100": firstHundred, "services 101 to 200": secondHundred },
      compared: { numerator: secondHundred, denominator: firstHundred },
      facts: { "resources of 200 services": await resources(planOf(200)) },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function difference(next: Cost[], previous: Cost[]): Cost[] {
  const of = (kind: keyof Cost) =>
    added(
      next.map((cost) => cost[kind]),
      previous.map((cost) => cost[kind]),
    );
  const cpu = of("cpu");
  return of("wall").map((wall, index) => ({ wall, cpu: cpu[index]! }));
}

async function resources(command: Command): Promise<number> {
  return [...countTypes(JSON.parse((await runCold(command)).stdout)).values()].reduce((sum, count) => sum + count, 0);
}
