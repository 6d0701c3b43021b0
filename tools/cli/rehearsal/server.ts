import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** Answers one request; what it sends goes to the client line by line, as JSON. */
export type Handler = (body: unknown, send: (value: unknown) => void, gone: AbortSignal) => Promise<void>;

/**
 * Serves commands of the same user over a Unix socket: one JSON document in, JSON lines out.
 *
 * @throws when another process serves there already
 */
export async function serve(path: string, handlers: Record<string, Handler>): Promise<{ close(): void }> {
  // Whoever asks has found nobody answering here: a file that is left is of a process that was killed.
  rmSync(path, { force: true });
  const server = createServer((request, response) => void answer(request, response, handlers));
  server.listen(path);
  await once(server, "listening");
  return {
    close: () => {
      server.closeAllConnections();
      server.close();
      rmSync(path, { force: true });
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, handlers: Record<string, Handler>): Promise<void> {
  const handler = handlers[(request.url ?? "").slice(1)];
  if (!handler) return void response.writeHead(404).end();
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  const send = (value: unknown) => void response.write(`${JSON.stringify(value)}\n`);
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    await handler(chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString("utf8")) : undefined, send, gone.signal);
  } catch (error) {
    send({ kind: "error", message: (error as Error).message });
  } finally {
    response.end();
  }
}
