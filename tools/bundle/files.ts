import { readdirSync } from "node:fs";
import { join } from "node:path";
import { byCodeUnit } from "./content.ts";

/** Folders and files that no build reads: tests, prose, what is made or hidden. */
const NOT_INPUT = /^(\.|node_modules$|dist$)|\.test\.ts$|\.md$/;

/** Paths of the files below `folder` that a build may read, with forward slashes, in order. */
export function listInputs(folder: string): string[] {
  return walk(folder, "");
}

function walk(folder: string, prefix: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !NOT_INPUT.test(name));
  entries.sort((a, b) => byCodeUnit(a.name, b.name));
  return entries.flatMap((entry) => {
    const path = prefix + entry.name;
    if (entry.isDirectory()) return walk(join(folder, entry.name), `${path}/`);
    if (entry.isFile()) return [path];
    throw new Error(`${join(folder, entry.name)} is neither a file nor a folder. A bundle takes no links: copy the file here.`);
  });
}
