import type { Clock } from "@fairway/clock";
import type { Platform, Scope } from "@fairway/settings";
import type { AwsClients } from "../aws/clients.ts";
import type { Step } from "../steps.ts";
import { bucketSteps } from "./bucket.ts";
import { keySteps, type StateKey } from "./key.ts";

/** Everything that a scope's state backend consists of, in the order in which it is made. */
export function backendSteps(
  clients: Pick<AwsClients, "kms" | "s3">,
  platform: Platform,
  scope: Scope,
  clock: Pick<Clock, "wait">,
): Step[] {
  const key: StateKey = { arn: undefined };
  return [
    ...keySteps(clients, platform, scope, key, (milliseconds) => clock.wait(milliseconds)),
    ...bucketSteps(clients, platform, scope, key),
  ];
}
