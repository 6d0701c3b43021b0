import { arnPattern, type Sample, sampleArn } from "../sample.ts";

const ROLE = "arn:aws:iam::111122223333:role/acme/platform/events";
const ALARMS = JSON.stringify({ source: ["aws.cloudwatch"] });
const TOPIC = sampleArn("sns", "page");

export const messagingSamples: Sample[] = [
  {
    type: "aws:cloudwatch/eventBus:EventBus",
    good: {},
    id: /^sample-[0-9a-f]{7}$/,
    outputs: { arn: arnPattern("events", "event-bus/sample-[0-9a-f]{7}") },
    bad: [
      [{ name: "default" }, "name", /is there in every account/],
      [{ name: "alarm changes" }, "name", /letters, digits/],
    ],
  },
  {
    type: "aws:cloudwatch/eventRule:EventRule",
    good: { eventPattern: ALARMS, eventBusName: "alarms" },
    id: /^alarms\/sample-[0-9a-f]{7}$/,
    outputs: { arn: arnPattern("events", "rule/alarms/sample-[0-9a-f]{7}") },
    bad: [
      [{ eventPattern: null }, "eventPattern", /is required/],
      [{ eventPattern: "aws.cloudwatch" }, "eventPattern", /is not JSON/],
      [{ eventPattern: JSON.stringify({ source: ["x".repeat(2048)] }) }, "eventPattern", /at most 2048/],
      [{ scheduleExpression: "rate(1 hour)" }, "scheduleExpression", /default bus only/],
      [{ state: "ON" }, "state", /ENABLED, DISABLED/],
    ],
  },
  {
    type: "aws:cloudwatch/eventTarget:EventTarget",
    good: { rule: "alarms", arn: sampleArn("events", "event-bus/alarms"), roleArn: ROLE },
    id: /^alarms-terraform-[0-9a-f]{26}$/,
    outputs: { targetId: /^terraform-[0-9a-f]{26}$/ },
    bad: [
      [{ roleArn: null }, "roleArn", /is required where the target is an event bus/],
      [{ arn: sampleArn("logs", "log-group:/aws/events/alarms") }, "roleArn", /is not for log groups/],
      [{ arn: "alarms" }, "arn", /is not an ARN/],
      [{ targetId: "a b" }, "targetId", /letters, digits/],
    ],
  },
  {
    type: "aws:cloudwatch/eventArchive:EventArchive",
    good: { eventSourceArn: sampleArn("events", "event-bus/alarms"), retentionDays: 90 },
    id: /^sample-[0-9a-f]{7}$/,
    outputs: { arn: arnPattern("events", "archive/sample-[0-9a-f]{7}") },
    bad: [
      [{ name: "x".repeat(49) }, "name", /at most 48/],
      [{ retentionDays: -1 }, "retentionDays", /0 is for ever/],
      [{ eventSourceArn: TOPIC }, "eventSourceArn", /is not an ARN of events/],
    ],
  },
  {
    type: "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration",
    good: { configurationName: "acme-shopping", slackChannelId: "C0123ABCD", slackTeamId: "T0123ABCD", iamRoleArn: ROLE },
    id: /^arn:aws:chatbot::111122223333:chat-configuration\/slack-channel\/acme-shopping$/,
    outputs: { chatConfigurationArn: /slack-channel\/acme-shopping$/, loggingLevel: /^NONE$/ },
    bad: [
      [{ slackChannelId: "#alarms" }, "slackChannelId", /a channel's id/],
      [{ slackTeamId: "acme.slack.com" }, "slackTeamId", /a workspace's id/],
      [{ configurationName: "acme shopping" }, "configurationName", /letters, digits/],
      [{ loggingLevel: "DEBUG" }, "loggingLevel", /ERROR, INFO, NONE/],
      [{ snsTopicArns: ["page"] }, "snsTopicArns", /is not an ARN of sns/],
    ],
  },
];
