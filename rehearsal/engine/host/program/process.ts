import type { Pendings } from "./messages.ts";

/** A program that was started: through the SDK's launcher in a process of its own, or in a runner beside others. */
export interface ProgramProcess {
  /** Resolves when nothing more comes of the program; never rejects. */
  readonly ended: Promise<ProgramEnd>;
  /** What it waits for; undefined when its process does not answer. */
  describe(): Promise<Pendings | undefined>;
  /** Ends it now. {@link ended} resolves once nothing of it is left. */
  kill(): void;
}

export interface ProgramEnd {
  /** Nothing in the process speaks against success. */
  ok: boolean;
  /** What was thrown and not caught. */
  errors: string[];
  /** Running it alone, with stack traces, would explain no more. */
  clear?: boolean;
  /** Why it is not a success, for when nobody else said so. */
  otherwise?: string;
  /** Its process ended for another program's sake, or nobody knows whose: this says nothing about the program. */
  lost?: boolean;
}

/** What a started program tells while it runs. */
export interface ProgramListener {
  /** Its event loop turned. */
  onTick: () => void;
  /** A line that it printed. */
  onOutput: (line: string) => void;
}
