import { type IncomingMessage, request as ask } from "node:http";
import type { Duplex } from "node:stream";
import type { Target } from "../targets/target-group.ts";
import { towardsTarget } from "./headers.ts";

/**
 * Passes an upgrade (WebSocket) to a target and joins the two connections once the target agrees; an answer that is no
 * upgrade is passed back as it is. Resolves when the connection ends.
 */
export function passUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  target: Target,
  listener: { protocol: string; port: number },
): Promise<void> {
  return new Promise((resolve) => {
    socket.on("close", resolve);
    socket.on("error", () => socket.destroy());
    const headers = [...towardsTarget(request, listener), "Connection", "Upgrade", "Upgrade", request.headers.upgrade ?? ""];
    const asked = ask({
      host: "127.0.0.1",
      port: target.port,
      method: request.method ?? "GET",
      path: request.url ?? "/",
      headers,
      agent: false,
    });
    asked.on("upgrade", (answer, upstream, upstreamHead) => {
      socket.write(statusLine(answer) + lines(answer.rawHeaders) + "\r\n");
      if (upstreamHead.length > 0) socket.write(upstreamHead);
      if (head.length > 0) upstream.write(head);
      upstream.on("error", () => socket.destroy());
      upstream.on("close", () => socket.destroy());
      socket.on("close", () => upstream.destroy());
      upstream.pipe(socket).pipe(upstream);
    });
    asked.on("response", (answer) => {
      socket.write(`${statusLine(answer)}${lines(answer.rawHeaders)}Connection: close\r\n\r\n`);
      answer.pipe(socket);
    });
    asked.on("error", () => refuseUpgrade(socket, 502, "target-connection-closed"));
    asked.end();
  });
}

export function refuseUpgrade(socket: Duplex, status: number, reason: string): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nx-fairway-reason: ${reason}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}

function statusLine(answer: IncomingMessage): string {
  return `HTTP/1.1 ${answer.statusCode ?? 502} ${answer.statusMessage ?? ""}\r\n`;
}

function lines(raw: readonly string[]): string {
  let text = "";
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase();
    // A body that is no upgrade goes on unframed until the connection closes.
    if (name !== "transfer-encoding") text += `${raw[index]}: ${raw[index + 1]}\r\n`;
  }
  return text;
}
