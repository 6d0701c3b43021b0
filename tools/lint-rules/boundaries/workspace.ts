import { globSync, readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";

/** Folder of each workspace package by its npm name, relative to the root with forward slashes. */
export type Packages = ReadonlyMap<string, string>;

const known = new Map<string, Packages>();

/** The packages of the workspace at `root`, read once a process. */
export function workspacePackages(root: string): Packages {
  let packages = known.get(root);
  if (packages === undefined) {
    const { workspaces = [] } = readPackage(join(root, "package.json"));
    const files = globSync(
      workspaces.map((pattern) => `${pattern}/package.json`),
      { cwd: root },
    );
    packages = new Map(files.map((file) => [readPackage(join(root, file)).name, dirname(file).split(sep).join("/")]));
    known.set(root, packages);
  }
  return packages;
}

function readPackage(path: string): { name: string; workspaces?: string[] } {
  return JSON.parse(readFileSync(path, "utf8"));
}
