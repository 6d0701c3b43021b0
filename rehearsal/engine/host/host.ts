import { dirname } from "node:path";
import type { PropertyMap } from "../properties/value.ts";
import type { Deployment } from "../steps/types.ts";
import type { Diagnostic, Program } from "../types.ts";
import { launch } from "./launcher.ts";
import type { Order } from "./program/messages.ts";
import type { Runner } from "./runner.ts";
import { serveProgram } from "./server.ts";
import { type Verdict, supervise } from "./supervise.ts";

export interface HostRequest extends Omit<Order, "address"> {
  program: Program;
  deployment: Deployment;
  /** Where the program runs. Absent: through the SDK's launcher, in a process of its own. */
  runner?: Runner;
  report: (diagnostic: Diagnostic) => void;
  signal?: AbortSignal;
  quietSeconds?: number;
}

export interface HostResult extends Verdict {
  /** Undefined when the program never got to them. */
  stackOutputs: PropertyMap | undefined;
}

/** Runs a program against a deployment, over Pulumi's protocol on loopback, and judges how it ended. */
export async function hostProgram({ deployment, runner, report, signal, quietSeconds, ...facts }: HostRequest): Promise<HostResult> {
  const { program } = facts;
  const folder = "folder" in program ? program.folder : dirname(program.module);
  const server = await serveProgram(deployment, { ...facts, folder }, report);
  try {
    const order: Order = { ...facts, address: server.address };
    const verdict = await supervise({
      server,
      start: (listener) => (runner ? runner.run(order, { ...listener, onLog: server.log }) : launch(order, listener)),
      report,
      signal,
      quietSeconds,
    });
    return { ...verdict, stackOutputs: server.stackOutputs };
  } finally {
    server.close();
  }
}
