import type * as grpc from "@grpc/grpc-js";
import proto from "@pulumi/pulumi/proto/engine_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { Diagnostic } from "../../types.ts";
import type { Calls } from "./calls.ts";
import { refusal } from "./refusals.ts";

/** Pulumi's `Engine` service: the program's log, and the URN of its root resource. */
export function engineService(calls: Calls, onLog: (diagnostic: Diagnostic) => void): grpc.UntypedServiceImplementation {
  let root = "";
  return {
    log: calls.handler(
      () => "a log message",
      (request: proto.LogRequest) => {
        const severity = SEVERITIES[request.getSeverity()] ?? "info";
        if (severity !== "debug") onLog({ severity, urn: request.getUrn() || undefined, message: request.getMessage() });
        return new empty.Empty();
      },
    ),
    getRootResource: calls.handler(
      () => "the root resource",
      () => new proto.GetRootResourceResponse().setUrn(root),
    ),
    setRootResource: calls.handler(
      () => "the root resource",
      (request: proto.SetRootResourceRequest) => {
        root = request.getUrn();
        return new proto.SetRootResourceResponse();
      },
    ),
    startDebugging: calls.handler(
      () => "a debugger",
      () => {
        throw refusal("a debugger in the program");
      },
    ),
    // Every version is satisfied: the range is about the Pulumi CLI, which is not here.
    requirePulumiVersion: calls.handler(
      () => "the engine's version",
      () => new proto.RequirePulumiVersionResponse(),
    ),
  };
}

const SEVERITIES: Record<number, Diagnostic["severity"]> = { 0: "debug", 1: "info", 2: "warning", 3: "error" };
