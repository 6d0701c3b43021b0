import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "./lock.mjs";
import { explainNpmFailure, runNpm } from "./npm.mjs";

/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, extraneous?: boolean }} LockEntry
 * @typedef {{ packages?: Record<string, LockEntry> }} Lockfile
 */

/**
 * What the lockfile has that the installation has not, as "path: reason". npm writes `installed` (node_modules/.package-lock.json)
 * as the last act of an installation, so an interrupted one shows as out of date.
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
 * Installs from package-lock.json if node_modules does not agree with it. Never changes the lockfile, and runs no package's scripts.
 *
 * @param {{ root: string, say: (line: string) => void }} options
 */
export async function ensureInstalled({ root, say }) {
  if (differences(root).length === 0) return;
  await withLock(join(root, ".fairway/install.lock"), say, async () => {
    const stale = differences(root);
    if (stale.length === 0) return;
    const fresh = !existsSync(join(root, "node_modules/.package-lock.json"));
    say(
      fresh
        ? "Installing dependencies from package-lock.json (the first time: about half a minute) …"
        : `Updating dependencies: ${summary(stale)} …`,
    );
    const started = performance.now();
    // `npm ci` begins by deleting node_modules, which a half-finished installation needs; where only some packages changed,
    // `npm install --no-save` brings in just those and leaves the lockfile alone.
    const args = fresh ? ["ci", "--ignore-scripts"] : ["install", "--no-save", "--ignore-scripts"];
    const result = await runNpm(args, root);
    if (result.code !== 0) throw explainNpmFailure("The dependencies could not be installed", result);
    say(`Installed in ${((performance.now() - started) / 1000).toFixed(0)} s.`);
  });
}

/** @param {string[]} stale */
function summary(stale) {
  const rest = stale.length - 1;
  return `${stale[0]}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** @param {string} root */
function differences(root) {
  const installed = join(root, "node_modules/.package-lock.json");
  return outOfDate(
    JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")),
    existsSync(installed) ? JSON.parse(readFileSync(installed, "utf8")) : undefined,
  );
}
