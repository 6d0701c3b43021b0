import type { IncomingMessage, ServerResponse } from "node:http";
import type { Action } from "../world/load-balancers.ts";

/** Why the gateway itself answered with an error. Sent as `x-fairway-reason`, which an ALB does not have. */
export type Reason =
  | "no-load-balancer"
  | "no-targets"
  | "no-healthy-targets"
  | "target-connection-refused"
  | "target-connect-timeout"
  | "target-connection-closed"
  | "target-deregistered"
  | "target-timeout"
  | "target-malformed-response"
  | "unsupported-action"
  | "unsupported-upgrade";

export const statusOf: Record<Reason, 501 | 502 | 503 | 504> = {
  "no-load-balancer": 503,
  "no-targets": 503,
  "no-healthy-targets": 503,
  "target-connection-refused": 502,
  "target-connect-timeout": 504,
  "target-connection-closed": 502,
  "target-deregistered": 502,
  "target-timeout": 504,
  "target-malformed-response": 502,
  "unsupported-action": 501,
  "unsupported-upgrade": 501,
};

const phrases = { 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Temporarily Unavailable", 504: "Gateway Time-out" };

/** An ALB's own error page, with the reason as a header. Cuts the connection when an answer had already begun. */
export function refuse(response: ServerResponse, reason: Reason): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const status = statusOf[reason];
  const title = `${status} ${phrases[status]}`;
  const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
  response.writeHead(status, {
    Server: "awselb/2.0",
    "Content-Type": "text/html",
    "Content-Length": Buffer.byteLength(page),
    "x-fairway-reason": reason,
  });
  response.end(page);
}

export function answerFixed(response: ServerResponse, action: Extract<Action, { kind: "fixed-response" }>): void {
  response.writeHead(action.status, {
    Server: "awselb/2.0",
    "Content-Type": action.contentType,
    "Content-Length": Buffer.byteLength(action.body),
  });
  response.end(action.body);
}

export function answerRedirect(
  request: IncomingMessage,
  response: ServerResponse,
  action: Extract<Action, { kind: "redirect" }>,
  listener: { protocol: string; port: number },
): void {
  const location = redirectLocation(request.url ?? "/", request.headers.host ?? "", action, listener);
  response.writeHead(action.status, { Server: "awselb/2.0", Location: location, "Content-Length": 0 });
  response.end();
}

/**
 * Where a redirect leads, its `#{…}` filled in. The gateway stands for one listener on a loopback port, so what leads back
 * to that listener leads to the gateway.
 */
export function redirectLocation(
  url: string,
  hostHeader: string,
  action: Extract<Action, { kind: "redirect" }>,
  listener: { protocol: string; port: number },
): string {
  const [path = "/", query = ""] = url.split(/\?(.*)/s);
  const host = hostHeader.replace(/:\d+$/, "");
  const known: Record<string, string> = {
    protocol: listener.protocol.toLowerCase(),
    host,
    port: String(listener.port),
    path: path.replace(/^\//, ""),
    query,
  };
  const fill = (pattern: string) => pattern.replace(/#\{(\w+)\}/g, (whole, name: string) => known[name] ?? whole);
  const protocol = fill(action.protocol).toLowerCase();
  const port = fill(action.port);
  const search = fill(action.query);
  const rest = `${fill(action.path)}${search === "" ? "" : `?${search}`}`;
  const here = protocol === listener.protocol.toLowerCase() && port === String(listener.port) && fill(action.host) === host;
  if (here) return `http://${hostHeader}${rest}`;
  const usual = protocol === "https" ? "443" : "80";
  return `${protocol}://${fill(action.host)}${port === usual ? "" : `:${port}`}${rest}`;
}
