import { join } from "node:path";
import type { FileSystem } from "./files.ts";
import type { LockHolder, Processes } from "./lock-holder.ts";
import { StateLockedError } from "./errors.ts";
import { isCode, readIfThere, removeIfThere, writeNew } from "./files.ts";
import { realProcesses } from "./lock-holder.ts";

export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes the lock of a folder, or says who has it.
 *
 * The lock is a file, `lock`, put in place whole by a hard link, which only one process can make. A holder that died leaves
 * it behind. Two that find it must not both take it over, and a file can't be replaced only if it is still the one that was looked
 * at. So they first compete, again by a hard link, for the right to replace this one holder (`lock.takeover-<nonce>`). Who
 * wins that and dies is succeeded in the same way. Who wins it late, after the lock was replaced and the competition
 * tidied away, sees another lock and starts again: a nonce never comes back.
 *
 * @throws StateLockedError when a living process holds it
 */
export async function takeLock(
  files: FileSystem,
  folder: string,
  what: string,
  now: Date,
  processes: Processes = realProcesses,
): Promise<Lock> {
  const file = join(folder, "lock");
  const me = processes.self(now);
  const claim = join(folder, `lock.claim-${me.pid}-${me.nonce}`);
  await writeNew(files, claim, `${JSON.stringify(me, undefined, 2)}\n`);
  try {
    for (;;) {
      if (await linkOnce(files, claim, file)) break;
      const holder = await readHolder(files, file);
      if (holder !== undefined && (await takeOver(holder))) break;
    }
  } catch (error) {
    await removeIfThere(files, claim);
    throw error;
  }
  try {
    await removeIfThere(files, claim);
    await tidy(files, folder, processes);
  } catch (error) {
    await removeIfThere(files, file);
    throw error;
  }
  return { release: () => removeIfThere(files, file) };

  /** False to look again. */
  async function takeOver(holder: LockHolder): Promise<boolean> {
    let dead = holder;
    for (;;) {
      if (processes.isAlive(dead)) throw new StateLockedError(what, file, dead);
      const right = join(folder, `lock.takeover-${dead.nonce}`);
      if (await linkOnce(files, claim, right)) {
        const current = await readHolder(files, file);
        if (current?.nonce === holder.nonce) {
          await files.rename(claim, file);
          return true;
        }
        await removeIfThere(files, right);
        return false;
      }
      const successor = await readHolder(files, right);
      if (successor === undefined) return false;
      dead = successor;
    }
  }
}

async function linkOnce(files: FileSystem, from: string, to: string): Promise<boolean> {
  try {
    await files.link(from, to);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  }
}

async function readHolder(files: FileSystem, file: string): Promise<LockHolder | undefined> {
  const text = (await readIfThere(files, file))?.toString("utf8");
  if (text === undefined) return undefined;
  try {
    const holder = JSON.parse(text) as LockHolder;
    if (Number.isInteger(holder.pid) && typeof holder.nonce === "string") return holder;
  } catch {
    // Said below.
  }
  throw new Error(
    `lock ${file} can't be read, so who holds it is not known. If nothing is being updated, remove the file and run again.`,
  );
}

/** What others left when they died half-way. Only the holder of the lock does this; see above why that is safe. */
async function tidy(files: FileSystem, folder: string, processes: Processes): Promise<void> {
  for (const name of await files.readdir(folder)) {
    const claimant = /^lock\.claim-(\d+)-/.exec(name)?.[1];
    const left =
      claimant === undefined
        ? name.startsWith("lock.takeover-")
        : !processes.isAlive({ pid: Number(claimant), started: undefined });
    if (left) await removeIfThere(files, join(folder, name));
  }
}
