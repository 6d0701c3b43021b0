import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Deployment } from "../steps/types.ts";
import type { Diagnostic, Program } from "../types.ts";
import { launch } from "./launcher.ts";
import type { Order } from "./program/messages.ts";
import type { Runner } from "./runner.ts";
import { serveProgram } from "./protocol/server.ts";
import { inOurWords } from "./wording.ts";
import { type Verdict, supervise } from "./supervise.ts";

export interface HostRequest extends Omit<Order, "address"> {
  program: Program;
  deployment: Deployment;
  /** Where the program runs. Absent: through the SDK's launcher, in a process of its own. */
  runner?: Runner;
  report: (diagnostic: Diagnostic) => void;
  signal?: AbortSignal;
  quietSeconds?: number;
  blockedSeconds?: number;
}

/** Runs a program against a deployment, over Pulumi's protocol on loopback, and judges how it ended. */
export async function hostProgram(request: HostRequest): Promise<Verdict> {
  const { deployment, runner, report, signal, quietSeconds, blockedSeconds } = request;
  const { program, project, stack, organization, config, secretKeys, preview } = request;
  const facts = { program, project, stack, organization, config, secretKeys, preview };
  const folder = "folder" in program ? program.folder : dirname(program.module);
  const missing = notThere(program, folder);
  if (missing) {
    report({ severity: "error", message: missing });
    return { ok: false, unexplained: false, lost: false };
  }
  const consumer = `${organization}/${project}/${stack}`;
  const say = (diagnostic: Diagnostic): void =>
    report({ ...diagnostic, message: inOurWords(diagnostic.message, { consumer, references: server.references }) });
  const server = await serveProgram(deployment, { ...facts, folder }, say);
  try {
    const order: Order = { ...facts, address: server.address };
    return await supervise({
      server,
      start: (listener) => (runner ? runner.run(order, { ...listener, onLog: server.log }) : launch(order, listener)),
      report: say,
      signal,
      quietSeconds,
      blockedSeconds,
    });
  } finally {
    server.close();
  }
}

/** What is missing to run a program at all, in a sentence. */
function notThere(program: Program, folder: string): string | undefined {
  const place = "folder" in program ? folder : program.module;
  if (!existsSync(place)) return `there is no program at ${place}`;
  try {
    createRequire(join(folder, "package.json")).resolve("@pulumi/pulumi/cmd/run");
    return undefined;
  } catch {
    return `${place} can't be run: @pulumi/pulumi is not installed for it. Add it to the dependencies of its package.json, and install.`;
  }
}
