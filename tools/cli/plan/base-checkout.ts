import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { Failure } from "../failure.ts";

const execute = promisify(execFile);

/** Another revision of this checkout, ready to run its programs. */
export interface BaseCheckout {
  /** As asked for, for example `main`. */
  revision: string;
  commit: string;
  /** Absolute, outside the repository: so that no tool looks upwards into the present tree. */
  folder: string;
}

const READY = ".fairway-base-ready";

/**
 * Checks a revision out beside the repository, with dependencies of its own: links to what is installed where the lockfiles
 * are the same (workspace packages link into the base), else an installation.
 *
 * Kept by tree and lockfile: a second plan against the same base finds it ready.
 *
 * @throws naming the base, when it is not a commit of this repository (in a shallow clone too)
 */
export async function checkOutBase(root: string, revision: string, progress: (text: string) => void): Promise<BaseCheckout> {
  const commit = await resolveCommit(root, revision);
  const { stdout: tree } = await execute("git", ["-C", root, "rev-parse", `${commit}^{tree}`]);
  const folder = join(cacheFolder(), createHash("sha256").update(`${root}\n${tree.trim()}`).digest("hex").slice(0, 20));
  if (existsSync(join(folder, READY))) return { revision, commit, folder };

  progress(`Checking out ${revision} (${commit.slice(0, 7)})`);
  mkdirSync(dirname(folder), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  try {
    await writeTree(root, commit, fresh);
    if (sameLockfile(root, fresh)) linkDependencies(root, fresh);
    else {
      progress(`Installing the dependencies of ${revision}: its lockfile differs`);
      await execute("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: fresh, maxBuffer: 64 << 20 });
    }
    writeFileSync(join(fresh, READY), `${commit}\n`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw new Failure(`can't check out base ${revision} (${commit.slice(0, 7)}): ${(error as Error).message}`);
  }
  return { revision, commit, folder };
}

async function resolveCommit(root: string, revision: string): Promise<string> {
  if (revision.startsWith("-")) throw new Failure(`--base ${revision}: not a revision. Give a branch, a tag or a commit.`, 2);
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

function sameLockfile(root: string, base: string): boolean {
  const read = (folder: string) => (existsSync(join(folder, "package-lock.json")) ? readFileSync(join(folder, "package-lock.json"), "utf8") : undefined);
  const ours = read(root);
  return ours !== undefined && ours === read(base) && existsSync(join(root, "node_modules"));
}

/**
 * A node_modules of links. A single link to the present one would do the wrong thing without a word: its workspace entries
 * point into the present tree, and the plan would compare a revision with itself.
 */
function linkDependencies(root: string, base: string): void {
  const lock = JSON.parse(readFileSync(join(base, "package-lock.json"), "utf8")) as { packages: Record<string, { link?: boolean; resolved?: string }> };
  const workspaces = Object.values(lock.packages).flatMap(({ link, resolved }) => (link && resolved ? [resolved] : []));
  const linked = new Map(
    Object.entries(lock.packages).flatMap(([path, { link, resolved }]) => (link && resolved ? [[path, join(base, resolved)] as const] : [])),
  );
  for (const folder of ["", ...workspaces]) {
    const source = join(root, folder, "node_modules");
    if (!existsSync(source)) continue;
    for (const name of packageNames(source)) {
      const path = join(folder, "node_modules", name);
      const inBase = linked.get(path);
      // Relative, since the folder still gets its name.
      const target = inBase ? relative(dirname(join(base, path)), inBase) : join(root, path);
      mkdirSync(dirname(join(base, path)), { recursive: true });
      symlinkSync(target, join(base, path));
    }
  }
}

/** `name` and `@scope/name` of what is installed, `.bin` included. */
function packageNames(modules: string): string[] {
  return readdirSync(modules).flatMap((name) => (name.startsWith("@") ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name]));
}

function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "fairway", "base");
}
