import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { EXIT, Failure } from "../../failure.ts";
import { readIfThere } from "../../workspace/config-file.ts";
import { linkDependencies } from "../../workspace/dependencies.ts";

const execute = promisify(execFile);

/** Another revision of this checkout, ready to run its programs. */
export interface BaseCheckout {
  /** As asked for, for example `main`. */
  revision: string;
  commit: string;
  /** Absolute, outside the repository: so that no tool looks upwards into the present tree. */
  folder: string;
}

const ENDING = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const READY = ".fairway-base-ready";

/**
 * Checks a revision out beside the repository, with dependencies of its own: links to what is installed where the lockfiles
 * are the same (workspace packages link into the base), else an installation.
 *
 * Kept by tree, and by whether it is linked: a second plan against the same base finds it ready.
 *
 * @throws naming the base, when it is not a commit of this repository (in a shallow clone too)
 */
export async function checkOutBase(root: string, revision: string, progress: (text: string) => void): Promise<BaseCheckout> {
  const commit = await resolveCommit(root, revision);
  const { stdout: tree } = await execute("git", ["-C", root, "rev-parse", `${commit}^{tree}`]);
  // Links hold for as long as both lockfiles are the same: a checkout with links is another one than one with an installation.
  const linked = await sameLockfile(root, commit);
  const key = `${root}\n${tree.trim()}\n${linked ? "linked" : "installed"}`;
  const folder = join(cacheFolder(), createHash("sha256").update(key).digest("hex").slice(0, 20));
  if (existsSync(join(folder, READY))) return { revision, commit, folder };

  progress(`Checking out ${revision} (${commit.slice(0, 7)})`);
  mkdirSync(dirname(folder), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  const remove = () => rmSync(fresh, { recursive: true, force: true });
  const interrupt = () => {
    remove();
    process.exit(130);
  };
  for (const signal of ENDING) process.once(signal, interrupt);
  try {
    await writeTree(root, commit, fresh);
    if (linked) linkDependencies(root, fresh);
    else {
      progress(`Installing the dependencies of ${revision}: its lockfile differs`);
      // Not `npm ci`: it refuses a lockfile that was made where packages of other platforms were not to be had.
      await execute("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: fresh, maxBuffer: 64 << 20 });
    }
    writeFileSync(join(fresh, READY), `${commit}\n`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } catch (error) {
    remove();
    throw new Failure(`can't check out base ${revision} (${commit.slice(0, 7)}): ${(error as Error).message}`);
  } finally {
    for (const signal of ENDING) process.off(signal, interrupt);
  }
  return { revision, commit, folder };
}

async function resolveCommit(root: string, revision: string): Promise<string> {
  if (revision.startsWith("-"))
    throw new Failure(`--base ${revision}: not a revision. Give a branch, a tag or a commit.`, EXIT.usage);
  try {
    const { stdout } = await execute("git", ["-C", root, "rev-parse", "--verify", "--quiet", `${revision}^{commit}`]);
    return stdout.trim();
  } catch {
    const shallow = existsSync(join(root, ".git", "shallow"));
    const remedy = shallow ? "This clone is shallow: git fetch --unshallow" : "Fetch it, or name another: git branch --all";
    throw new Failure(`there is no base "${revision}" in this repository. ${remedy}`);
  }
}

/** Through an index of its own: nothing is left behind in the repository, not even a worktree's entry. */
async function writeTree(root: string, commit: string, folder: string): Promise<void> {
  const env = { ...process.env, GIT_INDEX_FILE: join(folder, ".git-index") };
  await execute("git", ["-C", root, "read-tree", commit], { env });
  await execute("git", ["-C", root, "checkout-index", "--all", "--force", `--prefix=${folder}/`], { env, maxBuffer: 64 << 20 });
  rmSync(env.GIT_INDEX_FILE, { force: true });
}

async function sameLockfile(root: string, commit: string): Promise<boolean> {
  const ours = readIfThere(join(root, "package-lock.json"));
  if (ours === "" || !existsSync(join(root, "node_modules"))) return false;
  try {
    const { stdout } = await execute("git", ["-C", root, "show", `${commit}:package-lock.json`], { maxBuffer: 64 << 20 });
    return stdout === ours;
  } catch {
    return false; // A commit without a lockfile.
  }
}

function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "fairway", "base");
}
