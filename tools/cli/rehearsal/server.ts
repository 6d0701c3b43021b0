import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { systemClock } from "@fairway/clock";
import { Failure } from "../failure.ts";
import { findRehearsal } from "./client.ts";

/** Answers one request; what it sends goes to the client line by line, as JSON. */
export type Handler = (body: unknown, send: (value: unknown) => void, gone: AbortSignal) => Promise<void>;

export interface SocketServer {
  /** Ends what only follows, and waits until every client has its answer. */
  close(): Promise<void>;
}

/** Milliseconds that closing waits for clients that don't read. */
const PATIENCE = 10_000;

/**
 * Serves commands of the same user over a Unix socket: one JSON document in, JSON lines out.
 *
 * @throws Failure when another process serves there already
 */
export async function serve(path: string, handlers: Record<string, Handler>): Promise<SocketServer> {
  const answering = new Set<Promise<void>>();
  const closing = new AbortController();
  const server = createServer((request, response) => {
    const one = answer(request, response, handlers, closing.signal).finally(() => answering.delete(one));
    answering.add(one);
  });
  await listen(server, path);
  return {
    close: async () => {
      server.close();
      closing.abort();
      const answered = new AbortController();
      await Promise.race([Promise.all(answering), systemClock.wait(PATIENCE, answered.signal)]);
      answered.abort();
      server.closeAllConnections();
    },
  };
}

async function listen(server: Server, path: string): Promise<void> {
  const tried = async () => {
    server.listen(path);
    await once(server, "listening");
  };
  try {
    await tried();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    if (await findRehearsal(path)) {
      throw new Failure("another rehearsal of this checkout has just started. Run this again, to hand it the work.");
    }
    // Nobody answers: the file is of a rehearsal that was killed.
    rmSync(path, { force: true });
    await tried();
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handlers: Record<string, Handler>,
  closing: AbortSignal,
): Promise<void> {
  const handler = handlers[(request.url ?? "").slice(1)];
  if (!handler) return void response.writeHead(404).end();
  const left = new AbortController();
  const closed = new Promise<void>((resolve) =>
    response.on("close", () => {
      left.abort();
      resolve();
    }),
  );
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  const send = (value: unknown) => void response.write(`${JSON.stringify(value)}\n`);
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body: unknown = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString("utf8")) : undefined;
    await handler(body, send, AbortSignal.any([left.signal, closing]));
  } catch (error) {
    const exitCode = error instanceof Failure ? error.exitCode : undefined;
    send({ kind: "error", message: (error as Error).message, exitCode });
  }
  response.end();
  await closed;
}
