import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Refusal } from "./npm.mjs";

/**
 * Does `work` while holding a lock file, so that two processes of one checkout do not install over each other: the second waits.
 * The file holds the owner's process id; a lock whose owner is gone is taken over.
 *
 * @template T
 * @param {string} path
 * @param {(line: string) => void} say
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, say, work) {
  let told = false;
  while (!acquire(path)) {
    const owner = ownerOf(path);
    if (owner !== undefined && !isAlive(owner)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!told) say(`Waiting for process ${owner ?? "?"}, which is installing in this checkout (${path}) …`);
    told = true;
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** @param {string} path */
function acquire(path) {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code ?? "";
    if (code === "EEXIST") return false;
    if (["EACCES", "EPERM", "EROFS"].includes(code)) {
      throw new Refusal(
        `${dirname(path)} can't be written to (${code}).`,
        "Use a checkout that belongs to you, on a disk that is not read-only.",
      );
    }
    throw error;
  }
}

/** @param {string} path */
function ownerOf(path) {
  try {
    // Empty for the instant between its creation and its writing.
    return Number(readFileSync(path, "utf8")) || undefined;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}
