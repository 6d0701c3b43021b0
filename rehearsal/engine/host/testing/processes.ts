import { readFileSync } from "node:fs";
import { setTimeout as after } from "node:timers/promises";

/** Whether a process runs. One that has ended but that nobody has asked after (a zombie) does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return process.platform !== "linux";
  }
}

/** Waits until `condition` holds. @throws naming what it waited for, after 20 s */
export async function until(what: string, condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`still not after 20 s: ${what}`);
    await after(20);
  }
}
