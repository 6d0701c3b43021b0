import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { createInterface } from "node:readline";
import { Failure } from "../failure.ts";

/** A running rehearsal of this checkout. */
export interface Client {
  /** Asks, and yields what is answered as it comes. @throws Failure when the rehearsal says so, or ends */
  ask<T>(what: string, body?: unknown, signal?: AbortSignal): AsyncGenerator<T>;
}

/** The rehearsal that answers at a socket; undefined when none does. */
export async function findRehearsal(path: string): Promise<Client | undefined> {
  const client: Client = { ask: (what, body, signal) => ask(path, what, body, signal) };
  try {
    for await (const _ of client.ask("ping")) break;
    return client;
  } catch (error) {
    if (["ENOENT", "ECONNREFUSED"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}

async function* ask<T>(path: string, what: string, body: unknown, signal?: AbortSignal): AsyncGenerator<T> {
  const sent = request({ socketPath: path, path: `/${what}`, method: "POST", signal });
  sent.end(body === undefined ? undefined : JSON.stringify(body));
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  for await (const line of createInterface({ input: response })) {
    const value = JSON.parse(line) as { kind?: string; message?: string };
    if (value.kind === "error") throw new Failure(value.message ?? "the rehearsal failed");
    yield value as T;
  }
}
