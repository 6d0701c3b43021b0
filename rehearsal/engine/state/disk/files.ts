import * as nodeFiles from "node:fs/promises";
import { dirname } from "node:path";

/** What the store asks of the file system: a seam, so that a test can run out of space at any of it. */
export type FileSystem = Pick<typeof nodeFiles, "open" | "readFile" | "rename" | "link" | "unlink" | "mkdir" | "readdir">;

export const realFiles: FileSystem = nodeFiles;

/** The file's bytes, undefined when there is none. */
export async function readIfThere(files: FileSystem, file: string): Promise<Buffer | undefined> {
  try {
    return await files.readFile(file);
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** Writes a file that must not be there; leaves none when it fails. Durable when it resolves, its name excepted. */
export async function writeNew(files: FileSystem, file: string, text: string | Uint8Array): Promise<void> {
  const handle = await files.open(file, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } catch (error) {
    await handle.close();
    await removeIfThere(files, file);
    throw error;
  }
  await handle.close();
}

/** Puts a text in place of the file at once: whoever reads it, even after a crash, finds the old or the new, whole. */
export async function replaceFile(files: FileSystem, file: string, text: string): Promise<void> {
  const draft = `${file}.new`;
  await removeIfThere(files, draft);
  await writeNew(files, draft, text);
  try {
    await files.rename(draft, file);
  } catch (error) {
    await removeIfThere(files, draft);
    throw error;
  }
  await syncFolder(files, dirname(file));
}

/** Makes names durable: a file that was made or renamed can be lost with its folder's entry. */
export async function syncFolder(files: FileSystem, folder: string): Promise<void> {
  if (process.platform === "win32") return; // Windows can't open folders, and keeps names by itself.
  const handle = await files.open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function removeIfThere(files: FileSystem, file: string): Promise<void> {
  try {
    await files.unlink(file);
  } catch (error) {
    if (!isCode(error, "ENOENT")) throw error;
  }
}

export function isCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === code;
}
