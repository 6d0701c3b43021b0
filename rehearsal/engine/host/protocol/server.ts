import * as grpc from "@grpc/grpc-js";
import engine from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import resource from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import type { Deployment } from "../../steps/types.ts";
import type { Diagnostic } from "../../types.ts";
import { Calls, Refusal } from "./calls.ts";
import { engineService } from "./engine-service.ts";
import { type RunFacts, monitorService } from "./monitor.ts";
import { refusalIn } from "./refusals.ts";

/** The SDK sends and takes messages of up to 400 MB; gRPC's own limit is 4 MB. */
const MESSAGE_LIMIT = 400 * 1024 * 1024;
/** Seconds that a request may wait while this process is busy; gRPC's own limit of 30 would cancel it. As the SDK sets it. */
const WAIT_LIMIT = 30 * 60;

/** Pulumi's two engine services for one program, on loopback. */
export interface ProgramServer {
  /** `127.0.0.1:PORT`, of both services. */
  readonly address: string;
  readonly calls: Calls;
  /** The program said that it ended well. */
  readonly signalled: boolean;
  /** An error was logged by the program, or something was refused. */
  readonly errors: boolean;
  /** The program's own function has settled: the stack's outputs were registered. */
  readonly settled: boolean;
  /** Names of the outputs of each stack that the program referred to, by the stack's name. */
  readonly references: ReadonlyMap<string, readonly string[]>;
  /** Resolves when a step failed or something was refused: the program is to be abandoned. */
  readonly broken: Promise<void>;
  /** Takes a message of the program that did not come over the `Engine` service. */
  log(diagnostic: Diagnostic): void;
  close(): void;
}

/** Serves `deployment` to one program, on a free port of 127.0.0.1. `onDiagnostic` hears what the program logs. */
export async function serveProgram(
  deployment: Deployment,
  facts: RunFacts,
  onDiagnostic: (diagnostic: Diagnostic) => void,
): Promise<ProgramServer> {
  let signalled = false;
  let errors = false;
  let settled = false;
  const references = new Map<string, readonly string[]>();
  const broken = Promise.withResolvers<void>();

  const calls = new Calls((error) => {
    if (error instanceof Refusal) report({ severity: "error", message: error.message });
    if (error instanceof Refusal || deployment.failed) abandon();
  });
  const server = new grpc.Server({
    "grpc.max_receive_message_length": MESSAGE_LIMIT,
    "grpc.max_send_message_length": MESSAGE_LIMIT,
    "grpc.server_max_unrequested_time_in_server": WAIT_LIMIT,
  });
  server.addService(
    resource.ResourceMonitorService,
    monitorService(calls, deployment, facts, {
      onShutdown: () => {
        signalled = true;
      },
      onStackOutputs: () => {
        settled = true;
      },
      onStackReference: (name, outputs) => references.set(name, outputs),
    }),
  );
  server.addService(engine.EngineService, engineService(calls, log));
  const port = await listen(server);

  return {
    address: `127.0.0.1:${port}`,
    calls,
    references,
    broken: broken.promise,
    log,
    get signalled() {
      return signalled;
    },
    get errors() {
      return errors;
    },
    get settled() {
      return settled;
    },
    close() {
      calls.end();
      server.forceShutdown();
    },
  };

  function log(diagnostic: Diagnostic): void {
    report(diagnostic);
    if (diagnostic.severity === "error" && refusalIn(diagnostic.message)) abandon();
  }

  function report(diagnostic: Diagnostic): void {
    if (diagnostic.severity === "error") errors = true;
    onDiagnostic(diagnostic);
  }

  function abandon(): void {
    calls.end();
    broken.resolve();
  }
}

function listen(server: grpc.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}
