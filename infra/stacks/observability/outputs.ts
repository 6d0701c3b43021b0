import { stackOutputs } from "@fairway/components";
import { z } from "zod";

/** Where alarms go, by team, and what telemetry is sent to. */
export const observability = stackOutputs(
  "observability",
  z.object({
    /** ARNs of a team's topics. `page` wakes a person, `ticket` waits for office hours. */
    topics: z.record(z.string(), z.object({ page: z.string(), ticket: z.string() })),
    /** ARN of the event bus that carries every change of an alarm's state. */
    alarmBusArn: z.string(),
    /** Name of the SSM parameter with the collector's configuration, for the sidecar of ECS tasks. */
    collectorParameter: z.string(),
    /** The Prometheus workspace; null unless settings ask for one. */
    prometheus: z.object({ arn: z.string(), remoteWriteUrl: z.string(), queryUrl: z.string() }).nullable().default(null),
  }),
);
