import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Meant for one connection only (RFC 9110, 7.6.1); `transfer-encoding` is made anew on each side. */
const hopByHop = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** The headers of a message as `[name, value, …]`, without those for one connection and those that `Connection` names. */
export function endToEnd(raw: readonly string[], connection: string | undefined): string[] {
  const named = new Set((connection ?? "").split(",").map((name) => name.trim().toLowerCase()));
  const kept: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] as string;
    const lower = name.toLowerCase();
    if (!hopByHop.has(lower) && !named.has(lower)) kept.push(name, raw[index + 1] as string);
  }
  return kept;
}

/**
 * What a target receives: the client's headers, and those that an ALB adds. An address in `X-Forwarded-For` is appended to
 * what came, protocol and port are replaced, a trace id that came is kept.
 */
export function towardsTarget(request: IncomingMessage, listener: { protocol: string; port: number }): string[] {
  const ours = new Set(["x-forwarded-for", "x-forwarded-proto", "x-forwarded-port", "x-amzn-trace-id"]);
  const all = endToEnd(request.rawHeaders, request.headers.connection);
  const kept: string[] = [];
  for (let index = 0; index < all.length; index += 2) {
    if (!ours.has((all[index] as string).toLowerCase())) kept.push(all[index] as string, all[index + 1] as string);
  }
  const before = request.headers["x-forwarded-for"];
  const client = sourceAddress(request);
  return [
    ...kept,
    "X-Forwarded-For",
    before ? `${String(before)}, ${client}` : client,
    "X-Forwarded-Proto",
    listener.protocol.toLowerCase(),
    "X-Forwarded-Port",
    String(listener.port),
    "X-Amzn-Trace-Id",
    String(request.headers["x-amzn-trace-id"] ?? traceId(Date.now())),
  ];
}

export function sourceAddress(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? "127.0.0.1").replace(/^::ffff:/, "");
}

/** `Root=1-<seconds, hexadecimal>-<96 random bits>`. */
function traceId(now: number): string {
  return `Root=1-${Math.floor(now / 1000).toString(16)}-${randomBytes(12).toString("hex")}`;
}
