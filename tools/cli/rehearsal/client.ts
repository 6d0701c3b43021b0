import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { type ExitCode, Failure } from "../failure.ts";
import type { SessionEvent, SessionResult } from "./events.ts";

/** A running rehearsal of this checkout. */
export interface Client {
  /** Asks, and yields what is answered as it comes. @throws Failure when the rehearsal says so, or ends */
  ask<T>(what: string, body?: unknown, signal?: AbortSignal): AsyncGenerator<T>;
}

const ENDED = "the rehearsal ended before it answered. Start it again: npx fairway rehearse";

/** Milliseconds that a rehearsal has to say that it is there. A busy one takes a few hundred. */
const PATIENCE = 10_000;

const SILENT =
  "a rehearsal of this checkout is there but does not answer. If it is suspended (Ctrl-Z), let it go on with `fg` in its terminal; " +
  "else end it with Ctrl-C there.";

/** The rehearsal that answers at a socket; undefined when none does. */
export async function findRehearsal(path: string): Promise<Client | undefined> {
  const client: Client = { ask: (what, body, signal) => ask(path, what, body, signal) };
  const patience = AbortSignal.timeout(PATIENCE);
  try {
    for await (const _ of client.ask("ping", undefined, patience)) break;
    return client;
  } catch (error) {
    if (patience.aborted) throw new Failure(SILENT, undefined, { cause: error });
    if (["ENOENT", "ECONNREFUSED"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}

/** Passes on a running rehearsal's events until its result. */
export async function follow(events: AsyncGenerator<SessionEvent>, send: (event: SessionEvent) => void): Promise<SessionResult> {
  for await (const event of events) {
    if (event.kind === "result") return event.result;
    send(event);
  }
  throw new Failure(ENDED);
}

async function* ask<T>(path: string, what: string, body: unknown, signal?: AbortSignal): AsyncGenerator<T> {
  const sent = request({ socketPath: path, path: `/${what}`, method: "POST", signal });
  sent.end(body === undefined ? undefined : JSON.stringify(body));
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  for await (const line of linesOf(response, signal)) {
    const value = JSON.parse(line) as { kind?: string; message?: string; exitCode?: ExitCode };
    if (value.kind === "error") throw new Failure(value.message ?? "the rehearsal failed", value.exitCode);
    yield value as T;
  }
}

/** Not `readline`: over a response that is cut off it waits for ever. */
async function* linesOf(response: IncomingMessage, signal?: AbortSignal): AsyncGenerator<string> {
  let rest = "";
  try {
    for await (const chunk of response.setEncoding("utf8")) {
      const lines = (rest + String(chunk)).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Failure(ENDED, undefined, { cause: error });
  }
}
