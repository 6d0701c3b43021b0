import type { EnvironmentStatus } from "@fairway/effects";
import { findRehearsal } from "../rehearsal/client.ts";
import { socketPath } from "../rehearsal/places.ts";
import { ROOT } from "../workspace/checkout.ts";

interface Status {
  pid: number;
  inProgress?: string;
  environments: EnvironmentStatus[];
}

/** `fairway status`: what runs here now. */
export async function status({ json }: { json: boolean }): Promise<void> {
  const running = await findRehearsal(socketPath(ROOT));
  const answer = running && (await first(running.ask<Status>("status")));
  if (json) return console.log(JSON.stringify({ running: answer !== undefined, environments: [], ...answer }, null, 2));
  if (!answer) return console.log("No rehearsal is running. Start one: npx fairway rehearse");
  if (answer.inProgress) console.log(`In progress: ${answer.inProgress}\n`);
  for (const { environment, services } of answer.environments) {
    console.log(environment);
    for (const { name, state, healthy, desired, url, version } of services) {
      console.log(
        `  ${name.padEnd(14)} ${state.padEnd(12)} ${healthy}/${desired} healthy   ${url ?? "no route"}   ${version?.slice(0, 19) ?? ""}`,
      );
    }
  }
}

async function first<T>(values: AsyncIterable<T>): Promise<T | undefined> {
  for await (const value of values) return value;
  return undefined;
}
