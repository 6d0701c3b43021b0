import { stackOutputs } from "@fairway/components";
import { z } from "zod";

/** ARNs of a pair of topics. `page` wakes a person, `ticket` waits for office hours. */
const topics = z.object({ page: z.string(), ticket: z.string() });

/** Where alarms go, by team, and what telemetry is sent to. */
export const observability = stackOutputs(
  "observability",
  z.object({
    /** By team; see `teamAlerting`. */
    topics: z.record(z.string(), topics),
    /**
     * In us-east-1, of the team that runs the platform: an alarm notifies only topics of its own region, and what is global in AWS
     * (Route 53's health checks, billing) reports there. See `alertingBy`.
     */
    globalTopics: topics,
    /** ARN of the event bus that carries every change of an alarm's state. */
    alarmBusArn: z.string(),
    /** Name of the SSM parameter with the collector's configuration, for the sidecar of ECS tasks. */
    collectorParameter: z.string(),
    /** The Prometheus workspace; null unless settings ask for one. */
    prometheus: z.object({ arn: z.string(), remoteWriteUrl: z.string(), queryUrl: z.string() }).nullable().default(null),
  }),
);
