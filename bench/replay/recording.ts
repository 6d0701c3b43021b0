import type { Runner } from "@fairway/engine";
import proto from "@pulumi/pulumi/proto/resource_pb.js";

/** What a runner is asked to run. */
export type Order = Parameters<Runner["run"]>[0];

/** One program in one pass: what it was asked to run, and what our engine answered to each of its calls. */
export interface RecordedRun {
  pass: "update" | "preview";
  order: Omit<Order, "address">;
  /** Serialised answers in base64, by {@link keyOf}. */
  answers: Record<string, string>;
  /** Calls that the program made. */
  calls: number;
}

/**
 * What tells one call of a program from another: a resource by type, name and parent, a function by its arguments. Everything else has one
 * answer.
 */
export function keyOf(method: string, request: Buffer): string {
  switch (method) {
    case "registerResource": {
      const message = proto.RegisterResourceRequest.deserializeBinary(request);
      return `${method} ${message.getParent()} ${message.getType()} ${message.getName()}`;
    }
    case "readResource": {
      const message = proto.ReadResourceRequest.deserializeBinary(request);
      return `${method} ${message.getParent()} ${message.getType()} ${message.getName()}`;
    }
    case "invoke":
    case "supportsFeature":
      return `${method} ${request.toString("base64")}`;
    default:
      return method;
  }
}
