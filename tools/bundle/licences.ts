import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { byCodeUnit } from "./content.ts";

/** One text with the licences of the packages whose code is in a bundle; most licences ask for it. */
export function licencesText(workspaceRoot: string, packagePaths: Iterable<string>): string {
  const sections = new Map<string, string>();
  for (const path of packagePaths) {
    const folder = join(workspaceRoot, path);
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, unknown>;
    const title = `${String(name)} ${String(version)} (${typeof license === "string" ? license : "see text"})`;
    sections.set(title, `${title}\n\n${licenceOf(folder)}\n`);
  }
  const rule = `${"=".repeat(80)}\n`;
  return [...sections]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([, section]) => rule + section)
    .join("\n");
}

function licenceOf(folder: string): string {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)([.-].*)?$/i.test(file));
  return files.length === 0
    ? "(the package comes without a licence file)"
    : files
        .sort(byCodeUnit)
        .map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim())
        .join("\n\n");
}
