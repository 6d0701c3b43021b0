import { systemClock } from "@fairway/clock";
import type { EnvironmentStatus } from "@fairway/effects";
import { EXIT, Failure } from "../failure.ts";
import { styleOf } from "../terminal/style.ts";
import type { Platform } from "@fairway/settings";
import { chooseEnvironments, chooseScopes, loadPlatform, ROOT } from "../workspace/checkout.ts";
import { findRehearsal, follow } from "../rehearsal/client.ts";
import type { SessionEvent, SessionResult, UpRequest } from "../rehearsal/events.ts";
import { socketPath } from "../rehearsal/places.ts";
import { startSession } from "../rehearsal/session.ts";
import { requireDone, watch } from "../rehearsal/watch.ts";
import { untilInterrupted } from "../rehearsal/signals.ts";

export interface RehearseOptions {
  allow: string[];
  yes: boolean;
  port: string[];
  json: boolean;
  /** When none is named: only that many, from the last one backwards. @default all */
  newest?: number;
}

const PORTS_ARE_FIXED =
  "--port: a rehearsal of this checkout is running, and its ports stay as they are. Stop it with Ctrl-C, then start it with --port.";

/**
 * `fairway rehearse`: brings environments up on this machine. Hands the work to the rehearsal of this checkout where one
 * runs; else becomes it, and stays until Ctrl-C.
 */
export async function rehearse(names: string[], options: RehearseOptions): Promise<void> {
  const platform = await loadPlatform();
  const request: UpRequest = { environments: chosen(platform, names, options.newest), allow: options.allow, yes: options.yes };
  const running = await findRehearsal(socketPath(ROOT));
  if (running) {
    if (options.port.length > 0) throw new Failure(PORTS_ARE_FIXED, EXIT.usage);
    const result = await watch(async (asked, send) => follow(running.ask<SessionEvent>("up", asked), send), request);
    report(result, options);
    return requireDone(result);
  }

  if (!options.json)
    console.error(
      `Fairway · rehearsing ${platform.name} on this machine, no cloud involved   (Ctrl-C stops it; state in .fairway/)\n`,
    );
  const interrupted = untilInterrupted(); // before the session: it starts processes
  const session = await startSession(ROOT, platform, { ports: options.port, serving: true, tell });
  try {
    const result = await Promise.race([watch(session.up, request), interrupted]);
    if (result === "interrupted")
      throw new Failure("interrupted. What was done is kept: npx fairway rehearse goes on from there.");
    report(result, options);
    requireDone(result);
    await Promise.race([interrupted, session.empty]);
  } finally {
    if (process.stderr.isTTY) console.error("Stopping…");
    await session.close();
  }
}

function chosen(platform: Platform, names: readonly string[], newest: number | undefined): string[] {
  if (names.length > 0) return chooseScopes(platform, names);
  const all = chooseEnvironments(platform, []);
  return newest === undefined ? all : all.slice(-newest);
}

/** Below what is on the terminal: what happens there because of others. */
function tell(notice: string): void {
  console.error(`  ${new Date(systemClock.now()).toISOString().slice(11, 19)}  ${notice}`);
}

function report(result: SessionResult, { json }: RehearseOptions): void {
  if (json) return console.log(JSON.stringify(result, null, 2));
  if (result.outcome !== "done") return;
  const { colors } = styleOf(process.stdout);
  const ready = `Ready in ${result.seconds.toFixed(1)} s.`;
  console.log(`  ${result.changed === 0 ? `Nothing to change. ${ready}` : ready}\n`);
  for (const [service, row] of byService(result.environments))
    console.log(`  ${colors.bold(service.padEnd(12))} ${row.join("   ")}`);
  const url = result.environments.at(-1)?.services.find((service) => service.url)?.url;
  if (url) console.log(`\n  Try    curl ${url}\n         npx fairway status\n         npx fairway plan --base HEAD~1\n`);
}

/** A line for each service, the environment that matters most first. */
function byService(environments: EnvironmentStatus[]): Map<string, string[]> {
  const rows = new Map<string, string[]>();
  for (const { environment, services } of environments.toReversed()) {
    for (const { name, url, healthy, desired } of services) {
      rows.set(name, [...(rows.get(name) ?? []), `${environment}  ${url ?? `${healthy}/${desired} healthy`}`]);
    }
  }
  return rows;
}
