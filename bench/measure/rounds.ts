import { type Command, type Cost, runCold } from "./cold-process.ts";
import { pairwise, summarise, type Summary } from "./statistics.ts";

/** What each named command cost in each round. */
export type Rounds<Name extends string> = Record<Name, Cost[]>;

/**
 * Runs the commands in turn, A B A B, so that each is measured on the same machine in the same mood. One round before the first fills
 * the disk's and V8's caches and is thrown away.
 *
 * @param say progress, for people
 */
export async function inRounds<Name extends string>(
  commands: Record<Name, Command>,
  count: number,
  say: (line: string) => void,
): Promise<Rounds<Name>> {
  const names = Object.keys(commands) as Name[];
  const rounds = Object.fromEntries(names.map((name) => [name, [] as Cost[]])) as Rounds<Name>;
  for (let round = 0; round <= count; round++) {
    for (const name of names) {
      const { wall, cpu } = await runCold(commands[name]);
      say(`${round === 0 ? "warming up" : `${round} of ${count}`}: ${name} ${wall.toFixed(2)} s, CPU ${cpu.toFixed(2)} s`);
      if (round > 0) rounds[name].push({ wall, cpu });
    }
  }
  return rounds;
}

/** The outcome of a bench: data for a machine, and enough of it for a sentence. */
export interface Result {
  bench: string;
  question: string;
  pairs: number;
  /** Seconds, by what was run. */
  seconds: Record<string, { wall: Summary; cpu: Summary }>;
  ratio: { wall: Summary; cpu: Summary };
  /** The median of the ratios of wall time is to be at most this. */
  target: number;
  met: boolean;
  /** What was compared: counts and sizes. */
  facts: Record<string, unknown>;
}

/** @param compared numerator and denominator of the ratio, round by round */
export function resultOf(request: {
  bench: string;
  question: string;
  target: number;
  shown: Record<string, readonly Cost[]>;
  compared: { numerator: readonly Cost[]; denominator: readonly Cost[] };
  facts: Record<string, unknown>;
}): Result {
  const { bench, question, target, shown, facts } = request;
  const { numerator, denominator } = request.compared;
  const of = (kind: keyof Cost) =>
    summarise(
      pairwise(
        numerator.map((cost) => cost[kind]),
        denominator.map((cost) => cost[kind]),
      ),
    );
  const ratio = { wall: of("wall"), cpu: of("cpu") };
  const seconds = Object.fromEntries(
    Object.entries(shown).map(([name, costs]) => [
      name,
      { wall: summarise(costs.map(({ wall }) => wall)), cpu: summarise(costs.map(({ cpu }) => cpu)) },
    ]),
  );
  return { bench, question, pairs: numerator.length, seconds, ratio, target, met: ratio.wall.median <= target, facts };
}

/** A result as a table of text. */
export function describeResult({ bench, question, pairs, seconds, ratio, target, met, facts }: Result): string {
  const row = (name: string, of: { wall: Summary; cpu: Summary }, unit: string) =>
    `  ${name.padEnd(44)} ${threeOf(of.wall)}   ${threeOf(of.cpu)}  ${unit}`;
  return [
    `${bench}: ${question}`,
    `  ${"".padEnd(44)} ${"wall: min  median     max".padStart(26)}   ${"CPU: min  median     max".padStart(26)}`,
    ...Object.entries(seconds).map(([name, of]) => row(name, of, "s")),
    row(`ratio of each of ${pairs} pairs`, ratio, ""),
    `  ${met ? "met" : "MISSED"}: median ratio of wall time ${ratio.wall.median.toFixed(2)}, target at most ${target.toFixed(2)}`,
    `  ${Object.entries(facts)
      .map(([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : value}`)
      .join(", ")}`,
  ].join("\n");
}

function threeOf({ min, median, max }: Summary): string {
  return [min, median, max].map((value, index) => value.toFixed(2).padStart(index === 0 ? 10 : 8)).join("");
}
