import type { EnvironmentStatus } from "@fairway/effects";
import { type Client, findRehearsal } from "../rehearsal/client.ts";
import { socketPath } from "../rehearsal/places.ts";
import { ROOT } from "../workspace/checkout.ts";

/** What a running rehearsal says of itself. */
export interface Status {
  pid: number;
  inProgress?: string;
  environments: EnvironmentStatus[];
}

/** `fairway status`: what runs here now. */
export async function status({ json }: { json: boolean }): Promise<void> {
  const running = await findRehearsal(socketPath(ROOT));
  const answer = running && (await askStatus(running));
  if (json) return console.log(JSON.stringify({ running: answer !== undefined, environments: [], ...answer }, null, 2));
  if (!answer) return console.log("No rehearsal is running. Start one: npx fairway rehearse");
  if (answer.inProgress) console.log(`In progress: ${answer.inProgress}\n`);
  for (const { environment, services } of answer.environments) {
    console.log(services.length > 0 ? environment : `${environment}  no services`);
    for (const { name, state, healthy, desired, url, version } of services) {
      console.log(
        `  ${name.padEnd(14)} ${state.padEnd(12)} ${healthy}/${desired} healthy   ${url ?? "no route"}   ${version?.slice(0, 19) ?? ""}`,
      );
    }
  }
}

export async function askStatus(running: Client): Promise<Status | undefined> {
  for await (const answer of running.ask<Status>("status")) return answer;
  return undefined;
}
