import { readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** What package-lock.json (version 3) says of one installed package, by its path. */
interface LockedPackage {
  version?: string;
  integrity?: string;
  /** A workspace: `resolved` is its folder. */
  link?: boolean;
  resolved?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}

export type Lockfile = Record<string, LockedPackage>;

/** All that a package can reach at run time. */
export interface Closure {
  /** By path, for example `node_modules/zod`: version and integrity. */
  packages: Map<string, string>;
  /** Folders of workspace packages. */
  workspaces: Set<string>;
}

/** @throws when it is missing or of another version */
export function readLockfile(workspaceRoot: string): Lockfile {
  const file = join(workspaceRoot, "package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8")) as { lockfileVersion?: number; packages?: Lockfile };
  if (lock.lockfileVersion !== 3 || lock.packages === undefined) {
    throw new Error(
      `${file}: lockfileVersion ${lock.lockfileVersion} can't be read; 3 is needed. Run npm install with npm 9 or later.`,
    );
  }
  return lock.packages;
}

/**
 * The packages that the workspace package in `folder` reaches through its dependencies (not devDependencies), from the lockfile alone:
 * nothing needs to be installed.
 */
export function dependencyClosure(lock: Lockfile, folder: string): Closure {
  const closure: Closure = { packages: new Map(), workspaces: new Set() };
  visit(folder);
  return closure;

  function visit(from: string): void {
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = lock[from] ?? missing(from);
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      const path = resolveDependency(lock, from, name);
      if (path === undefined) {
        if (name in (optionalDependencies ?? {}) || peerDependenciesMeta?.[name]?.optional) continue;
        throw new Error(
          `package-lock.json: ${from} depends on ${name}, which is not in it. Run npm install and commit package-lock.json.`,
        );
      }
      const found = lock[path]!;
      if (found.link) {
        const workspace = found.resolved!;
        if (closure.workspaces.has(workspace)) continue;
        closure.workspaces.add(workspace);
        visit(workspace);
      } else {
        if (closure.packages.has(path)) continue;
        closure.packages.set(path, `${found.version} ${found.integrity ?? ""}`.trim());
        visit(path);
      }
    }
  }

  function missing(from: string): never {
    throw new Error(`package-lock.json: "${from}" is not in it. Run npm install and commit package-lock.json.`);
  }
}

/** Node's lookup: node_modules of the folder itself, then of each folder above. */
function resolveDependency(lock: Lockfile, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = posix.dirname(folder)) {
    const path = folder === "" || folder === "." ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (path in lock) return path;
    if (folder === "" || folder === ".") return undefined;
  }
}
