import type { LogLine } from "@fairway/effects";
import { Failure } from "../failure.ts";
import { findRehearsal } from "../rehearsal/client.ts";
import { socketPath } from "../rehearsal/places.ts";
import { untilInterrupted } from "../rehearsal/signals.ts";
import { chooseEnvironments, loadPlatform, ROOT } from "../workspace/checkout.ts";

export interface LogsOptions {
  env?: string;
  tail: number;
  follow: boolean;
  json: boolean;
}

/** `fairway logs`: what a service's processes wrote. */
export async function logs(service: string, options: LogsOptions): Promise<void> {
  const platform = await loadPlatform();
  const environment = chooseEnvironments(platform, options.env ? [options.env] : []).at(-1);
  const running = await findRehearsal(socketPath(ROOT));
  if (!running) throw new Failure("no rehearsal is running. Start one: npx fairway rehearse");
  const stop = new AbortController();
  void untilInterrupted().then(() => stop.abort());
  try {
    for await (const line of running.ask<LogLine>(
      "logs",
      { environment, service, tail: options.tail, follow: options.follow },
      stop.signal,
    )) {
      console.log(options.json ? JSON.stringify(line) : `${line.time}  ${line.task}  ${line.text}`);
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
}
