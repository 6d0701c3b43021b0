import { chooseEnvironments, loadPlatform, ROOT } from "../workspace/checkout.ts";
import { findRehearsal } from "../rehearsal/client.ts";
import type { SessionEvent } from "../rehearsal/events.ts";
import { socketPath } from "../rehearsal/places.ts";
import { startSession } from "../rehearsal/session.ts";
import { untilInterrupted } from "../rehearsal/signals.ts";
import { storedStacks } from "../rehearsal/stores.ts";
import { requireDone, watch } from "../rehearsal/watch.ts";
import { follow } from "./rehearse.ts";

export interface DownOptions {
  allow: string[];
  yes: boolean;
  json: boolean;
}

/** `fairway down`: deletes rehearsed environments, their processes and their states. */
export async function down(names: string[], options: DownOptions): Promise<void> {
  const platform = await loadPlatform();
  const environments = chooseEnvironments(platform, names);
  const request = { environments, allow: options.allow, yes: options.yes };
  const running = await findRehearsal(socketPath(ROOT));
  if (!running && storedStacks(ROOT, environments).length === 0) {
    console.log(options.json ? JSON.stringify({ outcome: "done", changed: 0 }) : "Nothing is up.");
    return;
  }
  const session = running ? undefined : await startSession(ROOT, platform, []);
  try {
    const change = session
      ? session.down
      : (asked: typeof request, send: (event: SessionEvent) => void) => follow(running!.ask<SessionEvent>("down", asked), send);
    const result = await Promise.race([watch(change, request), untilInterrupted()]);
    if (result === "interrupted") return;
    if (options.json) console.log(JSON.stringify(result, null, 2));
    requireDone(result);
    if (!options.json)
      console.log(
        `Deleted ${result.changed} resources of ${environments.join(", ")} in ${result.seconds.toFixed(1)} s. Nothing is left.`,
      );
  } finally {
    await session?.close();
  }
}
