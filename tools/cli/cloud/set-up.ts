import { Failure } from "../failure.ts";
import { styleOf } from "../terminal/style.ts";
import type { Confirm } from "./confirm.ts";
import { carryOut, type Done, lookAt, type Looked, type Step } from "./steps.ts";

/** What the commands that set something up have in common. */
export interface SetUpOptions {
  /** Don't ask. */
  yes: boolean;
  /** Only show. */
  dryRun: boolean;
  json: boolean;
}

export interface Output {
  /** A line of progress, on standard error. */
  say(line: string): void;
  /** A result, on standard output. */
  print(text: string): void;
}

export const TERMINAL: Output = { say: (line) => console.error(line), print: (text) => console.log(text) };

export interface SetUpResult {
  /** Whether anything was made. */
  changed: boolean;
  steps: (Done | { name: string; outcome: "missing" | "different"; how?: string })[];
}

/**
 * Shows what is and what would be made, asks, and makes it: the same for everything that a first day sets up.
 *
 * @param where what is set up, and where, for the person who must say yes
 * @throws Failure when the person says no
 */
export async function setUp(
  where: string,
  steps: readonly Step[],
  options: SetUpOptions,
  { confirm, output }: { confirm: Confirm; output: Output },
): Promise<SetUpResult> {
  const looked = await lookAt(steps);
  const toMake = looked.filter(({ standing }) => standing.is !== "right");
  output.say(where);
  for (const each of looked) output.say(`  ${verb(each)} ${each.name}${reason(each)}`);
  if (toMake.length === 0 || options.dryRun) return { changed: false, steps: looked.map(asResult) };
  if (!options.yes && !(await confirm(`Make ${toMake.length} of them?`))) throw new Failure("Nothing was changed.");

  const { glyphs } = styleOf(process.stderr);
  const done = await carryOut(steps, ({ name, outcome }) => output.say(`${glyphs.done} ${outcome.padEnd(7)} ${name}`));
  return { changed: true, steps: done };
}

function asResult({ name, standing }: Looked): SetUpResult["steps"][number] {
  if (standing.is === "right") return { name, outcome: "exists" };
  return standing.is === "missing" ? { name, outcome: "missing" } : { name, outcome: "different", how: standing.how };
}

function verb({ standing }: Looked): string {
  return { right: "exists ", missing: "create ", different: "mend   " }[standing.is];
}

function reason({ standing }: Looked): string {
  return standing.is === "different" ? `: ${standing.how}` : "";
}
