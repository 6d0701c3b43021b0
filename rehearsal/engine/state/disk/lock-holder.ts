import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

/** The process that holds a lock. */
export interface LockHolder {
  pid: number;
  /** Boot and start time of the process, where the system tells: a number that was reused is another process. */
  started: string | undefined;
  command: string;
  /** ISO 8601. */
  since: string;
  /** Drawn for each attempt, so that no two are ever taken for each other. */
  nonce: string;
}

/** Who asks for a lock, and how it tells the living from the dead: a seam, so that a test can let holders die at any moment. */
export interface Processes {
  self(since: Date): LockHolder;
  isAlive(holder: Pick<LockHolder, "pid" | "started">): boolean;
}

export const realProcesses: Processes = { self: thisProcess, isAlive };

/** This process, as a holder. */
export function thisProcess(since: Date): LockHolder {
  const command = [process.argv0, ...process.argv.slice(1)].join(" ");
  return {
    pid: process.pid,
    started: startOf(process.pid)?.started,
    command,
    since: since.toISOString(),
    nonce: randomBytes(12).toString("hex"),
  };
}

/** Whether the process is there and still the same one. A process that ended and was not yet waited for is not. */
export function isAlive(holder: Pick<LockHolder, "pid" | "started">): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // Another user's process can't be signalled, but it is there.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const now = startOf(holder.pid);
  if (now === undefined) return true;
  return !now.ended && (holder.started === undefined || holder.started === now.started);
}

/** From /proc (proc_pid_stat(5): field 3 is the state, 22 the start in ticks since boot); undefined where there is none. */
function startOf(pid: number): { started: string; ended: boolean } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command in field 2 may hold spaces and brackets: count from its last one.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return { started: `${boot} ${fields[19]}`, ended: fields[0] === "Z" || fields[0] === "X" };
  } catch {
    return undefined;
  }
}
