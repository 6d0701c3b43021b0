import type { Replacements } from "../../models/model.ts";
import { REGION, generallyKnown, read } from "../sources.ts";

/** What forces replacement; see ../replacement.ts. */
export const observabilityReplacement: Record<string, Replacements> = {
  "aws:cloudwatch/logGroup:LogGroup": {
    source: read("logs/group.go"),
    properties: [REGION, "name", "namePrefix", "logGroupClass"],
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { source: read("cloudwatch/metric_alarm.go"), properties: [REGION, "name"] },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    source: generallyKnown("cloudwatch/composite_alarm.go"),
    properties: [REGION, "alarmName"],
  },
  "aws:sns/topic:Topic": { source: read("sns/topic.go"), properties: [REGION, "name", "namePrefix", "fifoTopic"] },
  "aws:sns/topicPolicy:TopicPolicy": { source: generallyKnown("sns/topic_policy.go"), properties: [REGION, "arn"] },
  "aws:sns/topicSubscription:TopicSubscription": {
    source: generallyKnown("sns/topic_subscription.go"),
    properties: [REGION, "topic", "protocol", "endpoint"],
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    source: generallyKnown("cloudwatch/dashboard.go"),
    properties: [REGION, "dashboardName"],
  },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
    source: generallyKnown("logs/resource_policy.go"),
    properties: [REGION, "policyName", "resourceArn"],
  },
  "aws:amp/workspace:Workspace": { source: generallyKnown("amp/workspace.go"), properties: [REGION, "kmsKeyArn"] },
};
