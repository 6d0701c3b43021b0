/** What a program process and its host say to each other, over Node's IPC channel. */

/** A registration that has not reached the engine, as the SDK's own books show it. */
export interface Pending {
  name: string;
  type: string;
  /** What it waits for, in words, for example `its property "subnetId", an output of "a" [toy:index:Subnet]`. */
  waitsFor: string;
}

/** Asked of a program that seems stuck. */
export interface Pendings {
  pending: Pending[];
  /** Kinds of open handles that keep the process alive, for example `Timeout`. */
  handles: string[];
}

export type FromProgram =
  /** The event loop turned: sent every {@link HEARTBEAT_MS} of a process that is not starved or blocked. */
  { kind: "tick" } | ({ kind: "pendings"; run: number } & Pendings);

export type ToProgram = { kind: "describe"; run: number };

export const HEARTBEAT_MS = 250;

/** Registrations that the SDK may have in flight; only 1 changes what it does (one after the other). */
export const PARALLEL = 64;

/** What a runner is asked for beside {@link ToProgram}. */
export type ToRunner =
  | ToProgram
  | { kind: "run"; run: number; order: Order }
  /** Load the SDK of a folder: a program will come. */
  | { kind: "load"; folder: string }
  /** Its engine is gone; forget it. */
  | { kind: "abandon"; run: number }
  | { kind: "close" };

export type FromRunner =
  | FromProgram
  | { kind: "log"; run: number; severity: "info" | "warning" | "error"; urn?: string; message: string }
  /** Nothing more comes of it. `errors` are the uncaught ones; empty when it signalled its end. */
  | { kind: "ended"; run: number; errors: string[]; clear: boolean };

/** One program to run, and where its engine listens. */
export interface Order {
  program: { folder: string } | { module: string; args?: unknown };
  project: string;
  stack: string;
  organization: string;
  config: Record<string, string>;
  secretKeys: string[];
  preview: boolean;
  /** `127.0.0.1:PORT` of both engine services. */
  address: string;
}
