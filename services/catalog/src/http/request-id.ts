import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

const REQUEST_ID = /^[\w.:=+/-]{8,128}$/;
/** `Root=1-67891233-abcdef012345678912345678`, alone or among other fields (Application Load Balancer guide, request tracing). */
const TRACE_ROOT = /(?:^|;)Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/i;

/**
 * What the logs call this request: the caller's `x-request-id`, else the load balancer's trace, else one of our own.
 *
 * A header that does not look like an id is dropped, not repaired: it would end up in logs and in the answer.
 */
export function requestId({ headers }: Pick<IncomingMessage, "headers">): string {
  const given = headers["x-request-id"];
  if (typeof given === "string" && REQUEST_ID.test(given)) return given;
  return traceId({ headers }) ?? randomUUID();
}

/** The load balancer's trace id, by which its access log knows the request. */
export function traceId({ headers }: Pick<IncomingMessage, "headers">): string | undefined {
  const trace = headers["x-amzn-trace-id"];
  return typeof trace === "string" ? TRACE_ROOT.exec(trace)?.[1] : undefined;
}
