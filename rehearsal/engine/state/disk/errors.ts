import type { LockHolder } from "./lock-holder.ts";

/** Another update of the same stack is in progress. */
export class StateLockedError extends Error {
  readonly holder: LockHolder;

  constructor(what: string, file: string, holder: LockHolder) {
    super(
      `${what} is being updated by process ${holder.pid} (${holder.command}) since ${holder.since}. ` +
        `Wait for it to end, or stop it with: kill ${holder.pid}. Its lock is ${file}; it needs no removal, even after a crash.`,
    );
    this.name = "StateLockedError";
    this.holder = holder;
  }
}

/** A file of the state does not hold what was written. It was left as it is and copied aside. */
export class StateCorruptError extends Error {
  readonly file: string;
  /** The copy; undefined when it could not be made. */
  readonly copy: string | undefined;

  constructor(what: string, file: string, reason: string, copy: string | undefined) {
    super(
      `${what}: the state is corrupt: ${file}: ${reason}. It was not changed${copy === undefined ? "" : `, and is kept as ${copy}`}. ` +
        `Restore the file from a backup and run again. To start from nothing instead, move its folder away: ` +
        `what the stack has made so far will then not be known.`,
    );
    this.name = "StateCorruptError";
    this.file = file;
    this.copy = copy;
  }
}

/** The state could not be written. What it held before is whole. */
export class StateWriteError extends Error {
  /** As of the system, for example `ENOSPC`. */
  readonly code: string | undefined;

  constructor(what: string, file: string, cause: unknown) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === "ENOSPC" ? "no space left on the device" : message;
    super(
      `${what}: the state can't be written: ${file}: ${reason}. What it held before is whole and nothing is half-written. ` +
        `${code === "ENOSPC" ? "Free some space" : "Put that right"} and run again.`,
      { cause },
    );
    this.name = "StateWriteError";
    this.code = code;
  }
}

/** The state's secrets were written with another key. */
export class StateKeyError extends Error {
  constructor(what: string, wanted: string, key: { id: string; file: string }) {
    super(
      `${what}: its secrets were encrypted with key ${wanted}, but ${key.file} holds key ${key.id}. Put the former key back there, or name its ` +
        `folder in FAIRWAY_KEY_FOLDER. Without it the state can't be read; to start from nothing, move the state's folder away.`,
    );
    this.name = "StateKeyError";
  }
}
