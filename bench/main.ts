/** `node bench/run.mjs [NAME…] [--pairs 7]`: measurements against peers, side by side. See README.md. Started by run.mjs, on Node 24. */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { describeResult, type Result } from "./measure/rounds.ts";

type Bench = (pairs: number, say: (line: string) => void) => Promise<Result>;

/** Loaded when run, so that a bench needs only what it uses. */
const BENCHES: Record<string, () => Promise<Bench>> = {
  "plan-vs-replay": async () => (await import("./plan-vs-replay.ts")).planVsReplay,
  "plan-vs-cdk": async () => (await import("./plan-vs-cdk.ts")).planVsCdk,
  scale: async () => (await import("./scale.ts")).scale,
};

const USAGE = `usage: node bench/run.mjs [NAME...] [--pairs N] [--json]
  NAME     ${Object.keys(BENCHES).join(", ")}; all when none is named
  --pairs  how often each is measured, 7 unless told
  --json   print the results as JSON only

Example: node bench/run.mjs plan-vs-replay --pairs 3`;

process.exitCode = await main();

async function main(): Promise<number> {
  const request = read();
  if (request === "help") {
    console.log(USAGE);
    return 0;
  }
  if (typeof request === "string") {
    console.error(`${request}\n\n${USAGE}`);
    return 2;
  }
  const { names, pairs, json } = request;
  const results: Result[] = [];
  for (const name of names) {
    const bench = await BENCHES[name]!();
    results.push(await bench(pairs, (line) => console.error(`${name}: ${line}`)));
    if (!json) console.log(`${describeResult(results.at(-1)!)}\n`);
  }
  console.log(
    JSON.stringify({ node: process.version, cores: cpus().length, cpu: cpus()[0]?.model, results }, null, json ? 2 : 0),
  );
  return results.every(({ met }) => met) ? 0 : 1;
}

/** @returns what to do, or what is wrong with the arguments */
function read(): { names: string[]; pairs: number; json: boolean } | string {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        pairs: { type: "string", default: "7" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) return "help";
    const unknown = positionals.filter((name) => !(name in BENCHES));
    if (unknown.length > 0) return `there is no bench "${unknown.join('", "')}"`;
    const pairs = Number(values.pairs);
    if (!Number.isInteger(pairs) || pairs < 1) return `--pairs ${values.pairs}: a whole number from 1`;
    return { names: positionals.length > 0 ? positionals : Object.keys(BENCHES), pairs, json: values.json };
  } catch (error) {
    return (error as Error).message;
  }
}
