import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/** The nearest folder at or above `folder` whose package.json has workspaces. @throws when there is none */
export function findWorkspaceRoot(folder: string): string {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const file = join(at, "package.json");
    if (existsSync(file) && "workspaces" in (JSON.parse(readFileSync(file, "utf8")) as object)) return at;
    if (dirname(at) === at)
      throw new Error(`${folder}: no package.json with "workspaces" at or above it. Name a folder inside the repository.`);
  }
}

/** The path from the root with forward slashes, as lockfiles and bundles write it. @throws when it lies outside */
export function pathInWorkspace(workspaceRoot: string, path: string): string {
  const inside = relative(workspaceRoot, resolve(workspaceRoot, path)).split(sep).join("/");
  if (inside === ".." || inside.startsWith("../")) throw new Error(`${path} lies outside of the workspace ${workspaceRoot}.`);
  return inside;
}
