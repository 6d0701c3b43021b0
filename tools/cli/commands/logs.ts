import type { LogLine } from "@fairway/effects";
import { EXIT, Failure } from "../failure.ts";
import { type Client, findRehearsal } from "../rehearsal/client.ts";
import { socketPath } from "../rehearsal/places.ts";
import { untilInterrupted } from "../rehearsal/signals.ts";
import { chooseEnvironments, loadPlatform, ROOT } from "../workspace/checkout.ts";
import { askStatus } from "./status.ts";

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
  await requireService(running, environment, service);
  const stop = new AbortController();
  // `logs --follow | head`: nobody reads any more.
  process.stdout.once("error", () => stop.abort());
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

async function requireService(running: Client, environment: string | undefined, service: string): Promise<void> {
  const answer = await askStatus(running);
  const services = answer?.environments.find((one) => one.environment === environment)?.services ?? [];
  if (services.some(({ name }) => name === service)) return;
  const known = services.length > 0 ? `There: ${services.map(({ name }) => name).join(", ")}.` : "Nothing runs there.";
  throw new Failure(`there is no service "${service}" in ${environment}. ${known}`, EXIT.usage);
}
