import { createHash } from "node:crypto";
import type { StateKey } from "../keys.ts";
import type { Edit } from "../types.ts";
import type { FileSystem } from "./files.ts";
import type { Snapshot } from "./records.ts";
import { Contents } from "../contents.ts";
import { StateCorruptError, StateKeyError } from "./errors.ts";
import { isCode, readIfThere, writeNew } from "./files.ts";
import { readEntry, readSnapshot, UnknownVersionError } from "./records.ts";

/** Where a state is kept, and what errors call it. */
export interface Place {
  /** For errors, for example `stack staging of network`. */
  what: string;
  snapshot: string;
  journal: string;
}

export interface Loaded {
  contents: Contents;
  salt: string;
  /** Number of the last entry that counts. */
  sequence: number;
  /** Bytes of whole entries in the journal; a torn last line comes after them. */
  journalBytes: number;
  journalEntries: number;
}

/**
 * What is on disk: the snapshot with the journal's entries made to it. Writes nothing, but copies of what is corrupt.
 *
 * @returns undefined when there is no state yet
 * @throws StateCorruptError, StateKeyError
 */
export async function load(
  files: FileSystem,
  place: Place,
  project: string,
  stack: string,
  key: StateKey,
): Promise<Loaded | undefined> {
  const bytes = await readIfThere(files, place.snapshot);
  const journal = await readIfThere(files, place.journal);
  if (bytes === undefined) {
    if (journal === undefined || journal.length === 0) return undefined;
    throw new StateCorruptError(place.what, place.snapshot, "it is missing, while its journal is there", undefined);
  }
  const snapshot = await attempt(files, place.what, place.snapshot, bytes, () =>
    openSnapshot(bytes, place.what, project, stack, key),
  );
  const contents = new Contents(snapshot.resources, snapshot.outputs, snapshot.intents);
  const loaded = { contents, salt: snapshot.salt, sequence: snapshot.sequence, journalBytes: 0, journalEntries: 0 };
  if (journal !== undefined) await attempt(files, place.what, place.journal, journal, () => replay(journal, loaded, key));
  return loaded;
}

function openSnapshot(bytes: Buffer, what: string, project: string, stack: string, key: StateKey): Snapshot {
  const { snapshot, open } = readSnapshot(bytes.toString("utf8"));
  if (snapshot.project !== project || snapshot.stack !== stack) {
    throw new Error(`it is the state of stack ${snapshot.stack} of ${snapshot.project}`);
  }
  if (snapshot.key !== key.id) throw new StateKeyError(what, snapshot.key, key);
  return open(key);
}

/** A crash leaves at most one torn line, the last, without its end. Anything else that can't be read was whole once. */
function replay(journal: Buffer, loaded: Loaded, key: StateKey): void {
  let start = 0;
  for (let end = journal.indexOf("\n"); end >= 0; end = journal.indexOf("\n", start)) {
    const at = loaded.journalEntries + 1;
    const { sequence, edits } = whole(journal.toString("utf8", start, end), at);
    if (sequence > loaded.sequence + 1)
      throw new Error(`line ${at} is entry ${sequence}, but ${loaded.sequence + 1} should come next: entries are missing`);
    if (sequence === loaded.sequence + 1) {
      loaded.contents.apply(edits(key));
      loaded.sequence = sequence;
    }
    start = end + 1;
    loaded.journalBytes = start;
    loaded.journalEntries = at;
  }
}

function whole(line: string, number: number): { sequence: number; edits: (key: StateKey) => Edit[] } {
  try {
    return readEntry(line);
  } catch (error) {
    throw new Error(`line ${number}: ${(error as Error).message}`, { cause: error });
  }
}

async function attempt<T>(files: FileSystem, what: string, file: string, bytes: Buffer, read: () => T): Promise<T> {
  try {
    return read();
  } catch (error) {
    if (error instanceof StateKeyError) throw error;
    const reason = (error as Error).message;
    if (error instanceof UnknownVersionError)
      throw new Error(`${what}: ${file}: ${reason}. Use the Fairway that wrote it, or a later one.`, { cause: error });
    throw new StateCorruptError(what, file, reason, await copyAside(files, file, bytes));
  }
}

async function copyAside(files: FileSystem, file: string, bytes: Buffer): Promise<string | undefined> {
  const copy = `${file}.corrupt-${createHash("sha256").update(bytes).digest("hex").slice(0, 12)}`;
  try {
    await writeNew(files, copy, bytes);
    return copy;
  } catch (error) {
    // The same corrupt file was met before. Any other failure must not hide the corruption; the file itself stays as it is anyway.
    return isCode(error, "EEXIST") ? copy : undefined;
  }
}
