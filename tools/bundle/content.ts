import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A file of a bundle: its path inside, with forward slashes. */
export interface BundleFile {
  path: string;
  bytes: number;
  sha256: string;
}

/** File contents by path. */
export type Contents = ReadonlyMap<string, Uint8Array>;

export function sha256(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function describeFiles(contents: Contents): BundleFile[] {
  return [...contents]
    .map(([path, content]) => ({ path, bytes: content.byteLength, sha256: sha256(content) }))
    .sort((a, b) => byCodeUnit(a.path, b.path));
}

/**
 * The digest of a bundle: of its files' names and contents, of nothing else.
 *
 * The same as `LC_ALL=C; find * -type f | sort | xargs sha256sum | sha256sum` inside its folder, so that anyone can check it.
 */
export function digestOf(files: readonly BundleFile[]): string {
  return `sha256:${sha256(files.map(({ path, sha256: hash }) => `${hash}  ${path}\n`).join(""))}`;
}

/**
 * Writes the files to `<outFolder>/sha256-<hex>` so that the folder is there whole or not at all, also for who looks meanwhile.
 *
 * A folder that is there already is kept when its files are right, else replaced.
 */
export function writeContent(outFolder: string, digest: string, contents: Contents): string {
  const folder = join(outFolder, digest.replace(":", "-"));
  if (holds(folder, contents)) return folder;

  const writing = join(outFolder, `.writing-${randomUUID()}`);
  try {
    for (const [path, content] of contents) {
      const file = join(writing, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    rmSync(folder, { recursive: true, force: true });
    renameSync(writing, folder);
  } catch (error) {
    rmSync(writing, { recursive: true, force: true });
    // Another build of the same content was faster.
    if (!holds(folder, contents)) throw error;
  }
  return folder;
}

/** Whether the folder has these files and no others. */
function holds(folder: string, contents: Contents): boolean {
  if (!existsSync(folder)) return false;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  if (files.length !== contents.size) return false;
  return [...contents].every(([path, content]) => {
    const file = join(folder, path);
    return existsSync(file) && readFileSync(file).equals(content);
  });
}
