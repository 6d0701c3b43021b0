import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { byCodeUnit, sha256 } from "./content.ts";
import { listInputs } from "./files.ts";
import { dependencyClosure, readLockfile } from "./lockfile.ts";
import { pathInWorkspace } from "./workspace.ts";

/** Raise it when the same inputs would be built to other bytes. */
const FORMAT = "1";

/** Fields of package.json that reach the build: scripts, prose and devDependencies do not. */
const BUILD_FIELDS = ["dependencies", "exports", "imports", "optionalDependencies", "type"] as const;

/** What a bundle is made from: hash or version, by name. Two that are compared show why a digest changed. */
export type SourceInputs = Record<string, string>;

/**
 * A stand-in for a bundle's digest that needs neither a build nor installed packages: equal inputs are built to equal bundles.
 *
 * Plans use it. It is not the digest that {@link bundleService} gives, which is of the output.
 *
 * @example sourceDigest({ folder: "services/catalog", workspaceRoot: "." }) // "sha256:…"
 */
export function sourceDigest(of: { folder: string; workspaceRoot: string }): string {
  const lines = Object.entries(sourceInputs(of)).map(([name, value]) => `${name}\0${value}\n`);
  return `sha256:${sha256(lines.join(""))}`;
}

/**
 * The inputs that a service declares, in order of their names: the files below its `src`, its package.json's build fields, the locked
 * versions of its `dependencies` and theirs, the files of the workspace packages among them, and the bundler's version.
 *
 * @param of `folder`: the service's, absolute or relative to `workspaceRoot`
 */
export function sourceInputs({ folder, workspaceRoot }: { folder: string; workspaceRoot: string }): SourceInputs {
  const lock = readLockfile(workspaceRoot);
  const service = pathInWorkspace(workspaceRoot, folder);
  const { packages, workspaces } = dependencyClosure(lock, service);

  const inputs = new Map<string, string>([
    ["bundle format", FORMAT],
    ["esbuild", lock["node_modules/esbuild"]?.version ?? "none"],
    ...fileHashes(`${service}/src`),
    packageFields(service),
    ...packages,
    // A package's files are under its own name, whether it lies in libs or elsewhere.
    ...[...workspaces].flatMap((workspace) => [...fileHashes(workspace), packageFields(workspace)]),
  ]);
  return Object.fromEntries([...inputs].sort(([a], [b]) => byCodeUnit(a, b)));

  function fileHashes(path: string): [string, string][] {
    const at = join(workspaceRoot, path);
    if (!existsSync(at))
      throw new Error(`${at} does not exist. A service has its sources in src, with src/main.ts to start from.`);
    return listInputs(at).map((file) => [`${path}/${file}`, sha256(readFileSync(join(at, file)))]);
  }

  function packageFields(path: string): [string, string] {
    const declared = JSON.parse(readFileSync(join(workspaceRoot, path, "package.json"), "utf8")) as Record<string, unknown>;
    return [`${path}/package.json`, sha256(JSON.stringify(BUILD_FIELDS.map((field) => declared[field] ?? null)))];
  }
}
