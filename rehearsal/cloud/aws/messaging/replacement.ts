import type { Replacements } from "../../models/model.ts";
import { REGION, generallyKnown } from "../sources.ts";

/** What forces replacement; see ../replacement.ts. */
export const messagingReplacement: Record<string, Replacements> = {
  "aws:cloudwatch/eventBus:EventBus": {
    source: generallyKnown("events/bus.go"),
    properties: [REGION, "name", "eventSourceName"],
  },
  "aws:cloudwatch/eventRule:EventRule": {
    source: generallyKnown("events/rule.go"),
    properties: [REGION, "name", "namePrefix", "eventBusName"],
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    source: generallyKnown("events/target.go"),
    properties: [REGION, "rule", "targetId", "eventBusName"],
  },
  "aws:cloudwatch/eventArchive:EventArchive": {
    source: generallyKnown("events/archive.go"),
    properties: [REGION, "name", "eventSourceArn"],
  },
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": {
    source: generallyKnown("chatbot/slack_channel_configuration.go"),
    properties: [REGION, "configurationName", "slackTeamId"],
  },
};
