import { join, relative } from "node:path";
import { pulumiConfig, scopeOf } from "@fairway/settings";
import { Failure } from "../failure.ts";
import { loadPlatform, ROOT } from "../workspace/checkout.ts";
import { mergeConfig, readIfThere, type Disagreement } from "../workspace/config-file.ts";
import { findPrograms, stackNames } from "../workspace/programs.ts";
import { writeAtomically } from "../workspace/write-atomically.ts";

interface FileReport {
  /** Relative to the checkout. */
  file: string;
  disagreements: Disagreement[];
}

/** `fairway config`: writes what Pulumi needs of platform.config.ts into every `Pulumi.<env>.yaml`, or with `check` compares. */
export async function config(options: { check: boolean; json: boolean }): Promise<void> {
  const platform = await loadPlatform();
  const reports = findPrograms(ROOT).flatMap((program) =>
    stackNames(program, platform).map((name): FileReport => {
      const path = join(program.folder, `Pulumi.${name}.yaml`);
      const file = relative(ROOT, path);
      const before = readIfThere(path);
      const { text, disagreements } = mergeConfig(before, pulumiConfig(platform, scopeOf(platform, name)), file);
      if (!options.check && text !== before) writeAtomically(path, text);
      return { file, disagreements };
    }),
  );
  const differing = reports.filter(({ disagreements }) => disagreements.length > 0);

  if (options.json)
    console.log(JSON.stringify({ files: reports.length, [options.check ? "differing" : "written"]: differing }, null, 2));
  else if (!options.check)
    console.log(differing.length === 0 ? `Nothing to change in ${reports.length} files.` : written(differing));
  if (options.check && differing.length > 0) throw new Failure(disagreeing(differing));
  if (options.check && !options.json) console.log(`platform.config.ts and ${reports.length} files agree.`);
}

function written(reports: FileReport[]): string {
  return reports.map(({ file, disagreements }) => `wrote ${file}  ${disagreements.map(({ key }) => key).join(", ")}`).join("\n");
}

function disagreeing(reports: FileReport[]): string {
  const lines = reports.flatMap(({ file, disagreements }) =>
    disagreements.map(
      ({ key, found, wanted }) =>
        `  ${file}  ${key}: ${found === undefined ? "(not set)" : JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}`,
    ),
  );
  return `platform.config.ts and ${reports.length} files disagree. Write them: npx fairway config\n\n${lines.join("\n")}`;
}
