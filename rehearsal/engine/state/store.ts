import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { FileSystem } from "./disk/files.ts";
import type { Loaded, Place } from "./disk/load.ts";
import type { Lock } from "./disk/lock.ts";
import type { StateKey } from "./keys.ts";
import type { Edit, StateStore } from "./types.ts";
import { Contents } from "./contents.ts";
import { StateWriteError } from "./disk/errors.ts";
import { realFiles, replaceFile } from "./disk/files.ts";
import { Journal } from "./disk/journal.ts";
import { load } from "./disk/load.ts";
import { takeLock } from "./disk/lock.ts";
import { writeEdits, writeEntry, writeSnapshot } from "./disk/records.ts";

export { StateCorruptError, StateKeyError, StateLockedError, StateWriteError } from "./disk/errors.ts";

/** State on disk, held by this process until it is closed. */
export interface DiskStateStore extends StateStore {
  /** Waits for commits, compacts the journal and gives the lock back. A second call does nothing. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Where all states of a rehearsal are; this one is in `<folder>/<project>/<stack>`. */
  folder: string;
  project: string;
  stack: string;
  key: StateKey;
  /** Journal entries after which they are folded into `state.json`. @default 500 */
  compactEvery?: number;
  /** The file system; a test passes one without space. */
  fs?: FileSystem;
  now?: () => Date;
}

/**
 * Opens, or makes, the state of one stack on disk, and keeps others from updating it.
 *
 * `state.json` is the state as of the last compaction, with a checksum; `journal.ndjson` has one line for each commit since, each on
 * the disk before its commit resolves; `lock` says who is updating. After `kill -9` at any moment, opening it again finds
 * every commit that had resolved, and of the last one that had not all or nothing.
 *
 * @throws StateLockedError when an update is in progress, StateCorruptError when a file does not hold what was written,
 * StateKeyError when its secrets need another key, StateWriteError when the disk refuses
 * @example
 * const state = await openStateStore({ folder: ".fairway/state", project: "network", stack: "staging", key: openKey() });
 */
export async function openStateStore(options: OpenOptions): Promise<DiskStateStore> {
  const { project, stack, key, fs = realFiles, compactEvery = 500, now = () => new Date() } = options;
  const folder = join(options.folder, safeName("project", project), safeName("stack", stack));
  const place = {
    what: `stack ${stack} of ${project}`,
    snapshot: join(folder, "state.json"),
    journal: join(folder, "journal.ndjson"),
  };

  const lock = await writing(place.what, folder, async () => {
    await fs.mkdir(folder, { recursive: true, mode: 0o700 });
    return takeLock(fs, folder, place.what, now());
  });
  try {
    const loaded = (await load(fs, place, project, stack, key)) ?? (await make());
    const journal = await writing(place.what, place.journal, () => Journal.open(fs, place.journal, loaded.journalBytes));
    return new Store({ project, stack, key, fs, compactEvery, place, loaded, journal, lock });
  } catch (error) {
    await lock.release();
    throw error;
  }

  async function make(): Promise<Loaded> {
    const salt = randomBytes(16).toString("hex");
    const empty = { project, stack, key: key.id, salt, sequence: 0, resources: [], outputs: {}, intents: [] };
    await writing(place.what, place.snapshot, () => replaceFile(fs, place.snapshot, writeSnapshot(empty, key)));
    return { contents: new Contents([], {}, []), salt, sequence: 0, journalBytes: 0, journalEntries: 0 };
  }
}

interface Parts {
  project: string;
  stack: string;
  key: StateKey;
  fs: FileSystem;
  compactEvery: number;
  place: Place;
  loaded: Loaded;
  journal: Journal;
  lock: Lock;
}

interface Waiting {
  edits: readonly Edit[];
  text: string;
  resolve: () => void;
  reject: (error: unknown) => void;
}

class Store implements DiskStateStore {
  readonly salt: string;
  readonly #parts: Parts;
  readonly #contents: Contents;
  #sequence: number;
  #entries: number;
  #waiting: Waiting[] = [];
  #writer: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.salt = parts.loaded.salt;
    this.#contents = parts.loaded.contents;
    this.#sequence = parts.loaded.sequence;
    this.#entries = parts.loaded.journalEntries;
  }

  resources() {
    return this.#contents.resources();
  }

  outputs() {
    return this.#contents.outputs();
  }

  intents() {
    return this.#contents.intents();
  }

  async commit(edits: readonly Edit[]): Promise<void> {
    const { key, place } = this.#parts;
    if (this.#closed !== undefined) throw new Error(`${place.what}: its state is closed; nothing more can be committed`);
    if (edits.length === 0) return;
    const text = writeEdits(edits, key);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ edits, text, resolve, reject });
      this.#writer ??= this.#write();
    });
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  /** Commits that come while one is being written go to the disk together: one fsync for all that resources commit side by side. */
  async #write(): Promise<void> {
    const { journal, place, compactEvery } = this.#parts;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      const lines = batch.map(({ text }, i) => writeEntry(this.#sequence + 1 + i, text)).join("");
      try {
        await writing(place.what, place.journal, () => journal.append(lines));
      } catch (error) {
        for (const { reject } of batch) reject(error);
        continue;
      }
      this.#sequence += batch.length;
      this.#entries += batch.length;
      for (const { edits } of batch) this.#contents.apply(edits);
      if (this.#entries >= compactEvery) await this.#compact();
      for (const { resolve } of batch) resolve();
    }
    // At once, with nothing awaited since the queue was seen empty: the next commit must start a writer of its own.
    this.#writer = undefined;
  }

  /** Failing here loses nothing: the journal has everything until the new snapshot is in place, and a next time will come. */
  async #compact(): Promise<void> {
    const { fs, place, key, project, stack, journal } = this.#parts;
    try {
      const text = writeSnapshot(
        {
          project,
          stack,
          key: key.id,
          salt: this.salt,
          sequence: this.#sequence,
          resources: this.resources(),
          outputs: this.outputs(),
          intents: this.intents(),
        },
        key,
      );
      await replaceFile(fs, place.snapshot, text);
      await journal.empty();
      this.#entries = 0;
    } catch {
      // Kept for the next compaction, or the next run.
    }
  }

  async #close(): Promise<void> {
    await this.#writer;
    if (this.#entries > 0) await this.#compact();
    try {
      await this.#parts.journal.close();
    } finally {
      await this.#parts.lock.release();
    }
  }
}

/** What the disk refuses becomes an error that says so; what is already one of ours passes. */
async function writing<T>(what: string, file: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall === undefined ? error : new StateWriteError(what, file, error);
  }
}

/** Pulumi's own names are letters, digits, dots, dashes and underscores; anything else must not become a path. */
function safeName(kind: string, name: string): string {
  if (/^[A-Za-z0-9_.-]+$/.test(name) && !/^\.+$/.test(name)) return name;
  throw new Error(`${kind} name "${name}" can't name a folder: use letters, digits, dots, dashes and underscores.`);
}
