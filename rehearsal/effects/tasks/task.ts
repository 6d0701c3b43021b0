import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import type { Clock } from "@fairway/clock";
import { isListening } from "../targets/probe.ts";
import type { Launch } from "./command.ts";
import { LineCutter, type ServiceLog } from "./log.ts";
import { killGroup, type ProcessTable, startOf } from "./process-table.ts";

/** How a process ended. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Seconds that it ran. */
  seconds: number;
  /** Why it could not even start. */
  error?: string;
}

export interface TaskOptions {
  environment: string;
  service: string;
  task: string;
  launch: Launch;
  port: number;
  clock: Clock;
  table: ProcessTable;
  log: ServiceLog;
}

/** One supervised process. */
export class TaskProcess {
  readonly pid: number | undefined;
  /** Resolves when the process ended, however. */
  readonly exited: Promise<Exit>;
  /** Resolves when it accepts connections on its port; never, when it ends before. */
  readonly listening: Promise<void>;
  /** What it wrote last. */
  readonly lastLines: string[] = [];
  private readonly options: TaskOptions;
  private readonly child: ChildProcess;
  private ended = false;
  private accepts = false;

  constructor(options: TaskOptions) {
    this.options = options;
    const { launch, clock } = options;
    const startedAt = clock.now();
    this.child = spawn(launch.file, launch.args, {
      cwd: launch.folder,
      env: launch.environment,
      detached: true, // A process group of its own: Ctrl-C in the terminal reaches only the rehearsal, which drains first.
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    this.pid = this.child.pid;
    this.record();
    // The lifeline of preload.mjs; nothing is ever written to it.
    this.child.stdio[3]?.on("error", () => undefined);
    this.capture("stdout", this.child.stdout);
    this.capture("stderr", this.child.stderr);
    this.exited = new Promise((resolve) => {
      const end = (exit: Omit<Exit, "seconds">) => {
        if (this.ended) return;
        this.ended = true;
        if (this.pid !== undefined) {
          killGroup(this.pid); // What it started and left.
          options.table.delete(this.pid);
        }
        resolve({ ...exit, seconds: (clock.now() - startedAt) / 1000 });
      };
      this.child.on("exit", (code, signal) => end({ code, signal }));
      this.child.on("error", (error) => end({ code: null, signal: null, error: error.message }));
    });
    this.listening = this.watchPort();
  }

  get hasListened(): boolean {
    return this.accepts;
  }

  /** SIGTERM, and SIGKILL to the whole group when it has not ended after the container's stop timeout. */
  async stop(): Promise<Exit> {
    if (this.ended) return this.exited;
    this.child.kill("SIGTERM");
    const over = new AbortController();
    const tooLong = this.options.clock.wait(this.options.launch.stopTimeout, over.signal).then(() => {
      if (!this.ended && this.pid !== undefined) killGroup(this.pid);
    });
    const exit = await this.exited;
    over.abort();
    await tooLong;
    return exit;
  }

  private record(): void {
    const { environment, service, task, table } = this.options;
    const started = this.pid === undefined ? undefined : startOf(this.pid);
    if (this.pid === undefined || started === undefined) return;
    try {
      table.add({ pid: this.pid, started, environment, service, task });
    } catch (error) {
      killGroup(this.pid);
      throw error;
    }
  }

  private capture(stream: "stdout" | "stderr", from: Readable | null): void {
    const { environment, service, task, log } = this.options;
    const cutter = new LineCutter();
    const write = (lines: string[]) => {
      this.lastLines.push(...lines);
      this.lastLines.splice(0, this.lastLines.length - 20);
      const time = new Date(this.options.clock.now()).toISOString();
      log.append(lines.map((text) => ({ time, environment, service, task, stream, text })));
    };
    from?.on("data", (chunk: Buffer) => write(cutter.push(chunk)));
    from?.on("end", () => write(cutter.end()));
    from?.on("error", () => undefined);
  }

  /** Asks often at first, since a target is checked as soon as it listens, then ever less. */
  private async watchPort(): Promise<void> {
    const { clock, port } = this.options;
    for (let pause = 25; !this.ended; pause = Math.min(pause * 1.2, 1000)) {
      await clock.wait(pause);
      if (await isListening(port)) {
        this.accepts = true;
        return;
      }
    }
    return new Promise(() => undefined);
  }
}
