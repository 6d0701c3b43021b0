import type { EnvironmentStatus, ServiceDeployment } from "@fairway/effects";
import type { GuardedChange } from "../plan/view.ts";

/** What happens while environments are brought up or down: plain data, since another process may be watching. */
export type SessionEvent =
  | { kind: "phase"; text: string }
  | { kind: "stack"; environment: string; project: string; state: StackProgress; waitingFor?: string; total?: number }
  | {
      kind: "step";
      environment: string;
      project: string;
      op: string;
      name: string;
      type: string;
      state: "started" | "done" | "failed";
      message?: string;
    }
  | { kind: "diagnostic"; environment: string; project: string; severity: "info" | "warning" | "error"; message: string }
  | { kind: "deployment"; environment: string; deployment: ServiceDeployment }
  | { kind: "result"; result: SessionResult };

export type StackProgress = "running" | "waiting" | "done" | "failed";

/** How bringing environments up or down ended. */
export interface SessionResult {
  outcome: "done" | "failed" | "refused";
  /** Resources created, updated, replaced or deleted. */
  changed: number;
  seconds: number;
  /** What went wrong, each ready to print. */
  failures: string[];
  /** Guarded changes that had no leave. */
  refused: GuardedChange[];
  environments: EnvironmentStatus[];
}

/** What a client asks of a running rehearsal. */
export interface UpRequest {
  environments: string[];
  /** Guarded changes that may happen, `PROJECT::[TYPE::]NAME`. */
  allow: string[];
  /** Every guarded change may happen. */
  yes: boolean;
}
