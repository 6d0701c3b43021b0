import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "./lock.mjs";
import { explainNpmFailure, Refusal, runNpm } from "./npm.mjs";

/** Present from the beginning of an installation to its good end. */
const BEGUN = ".fairway/installing";

const KINDS = /** @type {const} */ (["dependencies", "devDependencies", "optionalDependencies"]);

/**
 * @typedef {{ dependencies?: Record<string, string>, devDependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} Manifest
 * @typedef {Manifest & { version?: string, integrity?: string, link?: boolean, optional?: boolean }} LockEntry
 * @typedef {{ packages?: Record<string, LockEntry> }} Lockfile
 */

/**
 * What the lockfile has that the installation has not, as "path: reason". npm writes `installed`,
 * node_modules/.package-lock.json, as the last act of an installation.
 *
 * @param {Lockfile} wanted package-lock.json
 * @param {Lockfile | undefined} installed node_modules/.package-lock.json, or undefined when there is none
 * @returns {string[]}
 */
export function outOfDate(wanted, installed) {
  if (installed === undefined) return ["node_modules: not installed"];
  const has = installed.packages ?? {};
  return Object.entries(wanted.packages ?? {}).flatMap(([path, want]) => {
    if (!path.includes("node_modules/")) return []; // the root and the workspaces: ours, not installed
    const found = has[path];
    // An optional package is absent wherever its platform is not this one.
    if (found === undefined) return want.optional ? [] : [`${path}: missing`];
    if (found.version !== want.version) return [`${path}: ${found.version}, the lockfile has ${want.version}`];
    if (found.integrity !== want.integrity && want.integrity && found.integrity)
      return [`${path}: other contents than the lockfile's`];
    return [];
  });
}

/**
 * What package.json files ask for and the lockfile was not made for, as "file: dependency asked, the lockfile was made for other".
 *
 * @param {Lockfile} lockfile
 * @param {Record<string, Manifest>} manifests package.json by its folder, "" for the root
 * @returns {string[]}
 */
export function unlocked(lockfile, manifests) {
  return Object.entries(manifests).flatMap(([folder, manifest]) => {
    const locked = lockfile.packages?.[folder] ?? {};
    const file = folder === "" ? "package.json" : `${folder}/package.json`;
    return KINDS.flatMap((kind) =>
      Object.entries(manifest[kind] ?? {})
        .filter(([name, version]) => locked[kind]?.[name] !== version)
        .map(([name, version]) => `${file}: ${name} ${version}, the lockfile was made for ${locked[kind]?.[name] ?? "none"}`),
    );
  });
}

/**
 * Installs from package-lock.json if node_modules does not agree with it. Never changes the lockfile, and runs no package's scripts.
 *
 * @param {{ root: string, say: (line: string) => void, signal?: AbortSignal }} options
 */
export async function ensureInstalled({ root, say, signal }) {
  if (stale(root).length === 0) return;
  await withLock(join(root, ".fairway/install.lock"), say, async () => {
    const differences = stale(root);
    if (differences.length === 0) return;
    refuseUnlocked(root);
    const started = performance.now();
    const modules = join(root, "node_modules");
    const begun = join(root, BEGUN);
    // A package of an interrupted installation may be half there, and npm would take it for whole.
    const fresh = existsSync(begun) || !existsSync(join(modules, ".package-lock.json"));
    say(
      fresh
        ? "Installing dependencies from package-lock.json (the first time: about half a minute) …"
        : `Updating dependencies: ${summary(differences)} …`,
    );
    if (fresh) rmSync(modules, { recursive: true, force: true });
    writeFileSync(begun, "");
    // Not `npm ci`: it refuses a lockfile made where npm did not offer some other platform's optional package.
    const result = await runNpm(["install", "--no-save", "--ignore-scripts"], root, signal);
    if (result.code !== 0) throw explainNpmFailure("The dependencies could not be installed", result);
    rmSync(begun);
    say(`Installed in ${((performance.now() - started) / 1000).toFixed(0)} s.`);
  });
}

/** @param {string} root */
function refuseUnlocked(root) {
  const lockfile = readJson(join(root, "package-lock.json"));
  const folders = Object.keys(lockfile.packages ?? {}).filter((path) => !path.includes("node_modules/"));
  const present = folders.filter((folder) => existsSync(join(root, folder, "package.json")));
  const problems = unlocked(
    lockfile,
    Object.fromEntries(present.map((folder) => [folder, readJson(join(root, folder, "package.json"))])),
  );
  if (problems.length > 0) {
    throw new Refusal(
      `package-lock.json does not have what is asked for:\n  ${problems.join("\n  ")}`,
      "Run npm install and commit package-lock.json.",
    );
  }
}

/** @param {string[]} differences */
function summary(differences) {
  const rest = differences.length - 1;
  return `${differences[0]}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** @param {string} root */
function stale(root) {
  if (existsSync(join(root, BEGUN))) return ["node_modules: an installation did not end"];
  const installed = join(root, "node_modules/.package-lock.json");
  return outOfDate(readJson(join(root, "package-lock.json")), existsSync(installed) ? readJson(installed) : undefined);
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}
