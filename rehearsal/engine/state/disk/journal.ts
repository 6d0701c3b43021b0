import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import type { FileSystem } from "./files.ts";
import { syncFolder } from "./files.ts";

/** A file that only grows, line by line, until it is emptied. */
export class Journal {
  readonly #handle: FileHandle;
  /** Up to here every byte was written by us or read as whole. */
  #length: number;
  /** An append failed and what it left could not be cut off yet. */
  #torn = false;

  private constructor(handle: FileHandle, length: number) {
    this.#handle = handle;
    this.#length = length;
  }

  /** @param length how much of what is there counts; the rest, a torn last line, is cut off */
  static async open(files: FileSystem, file: string, length: number): Promise<Journal> {
    const handle = await files.open(file, "a", 0o600);
    try {
      const { size } = await handle.stat();
      if (size > length) {
        await handle.truncate(length);
        await handle.datasync();
      }
      // It may have been made just now: a commit is durable only when the file's name is.
      if (length === 0) await syncFolder(files, dirname(file));
      return new Journal(handle, length);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Durable when it resolves; when it rejects, nothing of it is in the journal. */
  async append(lines: string): Promise<void> {
    if (this.#torn) await this.#cut();
    const bytes = Buffer.from(lines);
    try {
      await this.#handle.writeFile(bytes);
      await this.#handle.datasync();
    } catch (error) {
      this.#torn = true;
      // If this fails too, the next append tries again, and after a crash the torn line is dropped.
      await this.#cut().catch(() => undefined);
      throw error;
    }
    this.#length += bytes.length;
  }

  async empty(): Promise<void> {
    await this.#handle.truncate(0);
    this.#length = 0;
    await this.#handle.datasync();
  }

  async close(): Promise<void> {
    // A refused commit may be there as a whole line, and must not come back.
    if (this.#torn) await this.#cut().catch(() => undefined);
    await this.#handle.close();
  }

  async #cut(): Promise<void> {
    await this.#handle.truncate(this.#length);
    await this.#handle.datasync();
    this.#torn = false;
  }
}
