import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Clock } from "@fairway/clock";
import { writeAtomically } from "./atomic-file.ts";

/** A process that this rehearsal started. The start time tells it from a later process with the same id. */
export interface ProcessRecord {
  pid: number;
  /** As the machine tells it: boot and clock ticks of /proc/PID/stat, or `ps -o lstart`. */
  started: string;
  environment: string;
  service: string;
  task: string;
}

/**
 * The processes that run, on disk: what a killed rehearsal left behind, the next one ends, and nothing else.
 */
export class ProcessTable {
  private readonly file: string;
  private readonly records = new Map<number, ProcessRecord>();

  constructor(file: string) {
    this.file = file;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  }

  /** @throws when it can't be written: a process that is not recorded must not run. */
  add(record: ProcessRecord): void {
    this.records.set(record.pid, record);
    this.write();
  }

  delete(pid: number): void {
    if (!this.records.delete(pid)) return;
    try {
      this.write();
    } catch {
      // Full disk: the entry stays, and names no process by then.
    }
  }

  /** Ends what an earlier rehearsal recorded and left, and resolves with it when it is gone. */
  async endLeftovers(clock: Clock): Promise<ProcessRecord[]> {
    const left = readRecords(this.file).filter((record) => startOf(record.pid) === record.started);
    for (const record of left) killGroup(record.pid);
    const deadline = clock.now() + 10_000;
    for (const record of left) {
      while (startOf(record.pid) === record.started) {
        if (clock.now() > deadline) throw new Error(`process ${record.pid} (${record.task}) does not end after SIGKILL`);
        await clock.wait(20);
      }
    }
    this.write();
    return left;
  }

  private write(): void {
    writeAtomically(this.file, JSON.stringify([...this.records.values()], null, 2));
  }
}

/** When a process started, in a form that equals only itself; undefined when there is none, or only its zombie. */
export function startOf(pid: number): string | undefined {
  return existsSync("/proc/self/stat") ? startFromProc(pid) : startFromPs(pid);
}

/** SIGKILL to a process and all in its group. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The group is gone already.
  }
}

function startFromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command's name is in brackets and may hold anything; state is the field after it, the start time field 22 (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return undefined;
    return `${boot()}:${fields[19]}`;
  } catch {
    return undefined;
  }
}

function boot(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}

function startFromPs(pid: number): string | undefined {
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || undefined;
  } catch {
    return undefined;
  }
}

function readRecords(file: string): ProcessRecord[] {
  if (!existsSync(file)) return [];
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ProcessRecord[];
  } catch (error) {
    throw new Error(
      `${file} can't be read as the table of processes (${String(error)}). ` +
        `Look for processes of an earlier rehearsal yourself, then delete the file.`,
    );
  }
}
