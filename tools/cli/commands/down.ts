import { Failure } from "../failure.ts";
import { chooseScopes, loadPlatform, ROOT } from "../workspace/checkout.ts";
import { findRehearsal, follow } from "../rehearsal/client.ts";
import type { SessionEvent, SessionResult } from "../rehearsal/events.ts";
import { socketPath } from "../rehearsal/places.ts";
import { startSession } from "../rehearsal/session.ts";
import { untilInterrupted } from "../rehearsal/signals.ts";
import { storedStacks } from "../rehearsal/stores.ts";
import { requireDone, watch } from "../rehearsal/watch.ts";

export interface DownOptions {
  allow: string[];
  yes: boolean;
  json: boolean;
}

const NOTHING_UP: SessionResult = { outcome: "done", changed: 0, seconds: 0, failures: [], refused: [], environments: [] };

/** `fairway down`: deletes rehearsed environments, their processes and their states. */
export async function down(names: string[], options: DownOptions): Promise<void> {
  const platform = await loadPlatform();
  const environments = chooseScopes(platform, names);
  const up = storedStacks(ROOT, environments);
  const request = { environments, allow: options.allow, yes: options.yes };
  const running = await findRehearsal(socketPath(ROOT));
  if (!running && up.length === 0) {
    console.log(options.json ? JSON.stringify(NOTHING_UP, null, 2) : "Nothing is up.");
    return;
  }
  const interrupted = untilInterrupted(); // before the session: it starts processes
  const session = running ? undefined : await startSession(ROOT, platform, { serving: false });
  const left = new AbortController();
  try {
    const change = session
      ? session.down
      : (asked: typeof request, send: (event: SessionEvent) => void) =>
          follow(running!.ask<SessionEvent>("down", asked, left.signal), send);
    const result = await Promise.race([watch(change, request), interrupted]);
    if (result === "interrupted")
      throw new Failure(
        session ? "interrupted. Run it again: it goes on from there." : "interrupted. The rehearsal goes on deleting.",
      );
    if (options.json) console.log(JSON.stringify(result, null, 2));
    requireDone(result);
    if (!options.json)
      console.log(
        `Deleted ${result.changed} resources of ${[...new Set(up.map(({ stack }) => stack))].join(", ")} in ${result.seconds.toFixed(1)} s. Nothing is left.`,
      );
  } finally {
    left.abort();
    await session?.close();
  }
}
