import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compared, differences } from "./cdk-types.ts";
import { type Command, runCold } from "./measure/cold-process.ts";
import { inRounds, type Result, resultOf } from "./measure/rounds.ts";
import { countTypes, planCommand } from "./plan-command.ts";

const FOLDER = fileURLToPath(new URL("./cdk", import.meta.url));

/** A plan against `cdk synth` of the same platform, with the validation that it does unless told not to. */
export async function planVsCdk(pairs: number, say: (line: string) => void): Promise<Result> {
  if (!isInstalled("aws-cdk-lib") || !isInstalled("aws-cdk")) {
    say("installing bench/cdk");
    await runCold({ argv: ["npm", "ci", "--prefix", FOLDER, "--ignore-scripts", "--no-fund", "--no-audit"], cwd: FOLDER });
  }
  const out = mkdtempSync(join(tmpdir(), "fairway-bench-"));
  try {
    const synth = synthTo(out);
    const facts = await compareCounts(synth, out);
    const rounds = await inRounds({ "fairway plan": planCommand, "cdk synth": synth }, pairs, say);
    return resultOf({
      bench: "plan-vs-cdk",
      question: "a plan of everything, against cdk synth of the same platform with its default validation",
      target: 1,
      shown: { "fairway plan --json": rounds["fairway plan"], "cdk synth": rounds["cdk synth"] },
      compared: { numerator: rounds["fairway plan"], denominator: rounds["cdk synth"] },
      facts,
    });
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** Nothing that needs a network: notices and telemetry would be measured as well. */
function synthTo(out: string): Command {
  return {
    argv: [
      process.execPath,
      join(FOLDER, "node_modules/aws-cdk/bin/cdk"),
      "synth",
      "--quiet",
      "--no-notices",
      "--no-lookups",
      "--output",
      out,
    ],
    cwd: FOLDER,
    env: { CDK_DISABLE_CLI_TELEMETRY: "true", CDK_DISABLE_VERSION_CHECK: "1" },
  };
}

/** @throws naming each type whose count differs too much: two platforms, not two tools, would be compared */
async function compareCounts(synth: Command, out: string): Promise<Record<string, unknown>> {
  const plan = countTypes(JSON.parse((await runCold(planCommand)).stdout));
  await runCold(synth);
  const templates = countTemplates(out);
  const problems = differences(plan, templates);
  if (problems.length > 0)
    throw new Error(`bench/cdk is not the platform that is planned. Change it to match:\n  ${problems.join("\n  ")}`);
  if (!existsSync(join(out, "validation-report.json")))
    throw new Error("cdk synth left no validation report: it was measured without its validation");
  return {
    "resources compared": compared(plan, templates),
    "aws-cdk-lib": versionOf("aws-cdk-lib"),
    "aws-cdk": versionOf("aws-cdk"),
  };
}

function countTemplates(out: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const file of readdirSync(out).filter((name) => name.endsWith(".template.json"))) {
    const { Resources } = JSON.parse(readFileSync(join(out, file), "utf8")) as { Resources: Record<string, { Type: string }> };
    for (const { Type } of Object.values(Resources)) counts.set(Type, (counts.get(Type) ?? 0) + 1);
  }
  return counts;
}

/** In the version that package.json names. */
function isInstalled(name: string): boolean {
  const { dependencies } = JSON.parse(readFileSync(join(FOLDER, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  return existsSync(join(FOLDER, "node_modules", name)) && versionOf(name) === dependencies[name];
}

function versionOf(name: string): string {
  return (JSON.parse(readFileSync(join(FOLDER, "node_modules", name, "package.json"), "utf8")) as { version: string }).version;
}
