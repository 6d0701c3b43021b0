import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inRounds, type Result, resultOf } from "./measure/rounds.ts";
import { planCommand, ROOT } from "./plan-command.ts";
import { record } from "./replay/record.ts";

const REPLAY = fileURLToPath(new URL("./replay/main.ts", import.meta.url));

/** What the engine, the models and the command cost beside what the SDK and the programs cost anyway. */
export async function planVsReplay(pairs: number, say: (line: string) => void): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "fairway-bench-"));
  try {
    say("recording what the engine answers");
    const runs = await record();
    const file = join(folder, "recording.json");
    writeFileSync(file, JSON.stringify(runs));
    const replay = { argv: [process.execPath, REPLAY, file], cwd: ROOT };
    const rounds = await inRounds({ "fairway plan": planCommand, replay }, pairs, say);
    return resultOf({
      bench: "plan-vs-replay",
      question: "a plan of everything, against the same programs and answers from memory",
      target: 1.5,
      shown: { "fairway plan --json": rounds["fairway plan"], "the same programs, answers replayed": rounds.replay },
      compared: { numerator: rounds["fairway plan"], denominator: rounds.replay },
      facts: { programs: runs.length, calls: runs.reduce((sum, { calls }) => sum + calls, 0) },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
