import { arnPattern, type Sample, sampleArn, samplePolicy, UUID } from "../sample.ts";

const TOPIC = sampleArn("sns", "page");
const alarm = {
  namespace: "AWS/ApplicationELB",
  metricName: "RequestCount",
  statistic: "Sum",
  period: 60,
  evaluationPeriods: 3,
  comparisonOperator: "GreaterThanThreshold",
  threshold: 1,
};
const metric = (id: string, change: object = {}) => ({
  id,
  metric: { metricName: id, namespace: "A", period: 300, stat: "Sum" },
  ...change,
});
const math = (...queries: object[]) => ({
  metricName: null,
  namespace: null,
  statistic: null,
  period: null,
  metricQueries: queries as never[],
});
const answer = { id: "e", expression: "a/b", returnData: true };

export const observabilitySamples: Sample[] = [
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    good: { name: "/acme/production/catalog", retentionInDays: 30 },
    id: /^\/acme\/production\/catalog$/,
    outputs: { arn: arnPattern("logs", "log-group:/acme/production/catalog"), logGroupClass: /^STANDARD$/ },
    bad: [
      [{ retentionInDays: 31 }, "retentionInDays", /31 is not allowed. Use one of 0, 1, 3/],
      [{ name: "catalog logs" }, "name", /letters, digits and . - _/],
      [{ name: "x".repeat(513) }, "name", /at most 512/],
    ],
  },
  {
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    good: alarm,
    id: /^sample-[0-9a-f]{7}$/,
    outputs: { arn: arnPattern("cloudwatch", "alarm:sample-[0-9a-f]{7}") },
    bad: [
      [{ period: 45 }, "period", /10, 20, 30 or a multiple of 60/],
      [{ period: 300, evaluationPeriods: 289 }, "evaluationPeriods", /over 86400 s/],
      [{ period: 3600, evaluationPeriods: 169 }, "evaluationPeriods", /over 604800 s/],
      [{ datapointsToAlarm: 4 }, "datapointsToAlarm", /over evaluationPeriods 3/],
      [{ threshold: null }, "threshold", /is required/],
      [{ extendedStatistic: "p99" }, "statistic", /exactly one of statistic and extendedStatistic/],
      [{ statistic: null, extendedStatistic: "p99.999" }, "extendedStatistic", /p99, tm95 or TC\(:0\.3\)/],
      [{ statistic: null, extendedStatistic: "TC(:.3)" }, "extendedStatistic", /is not a statistic/],
      [{ treatMissingData: "good" }, "treatMissingData", /missing, ignore/],
      [{ alarmActions: Array.from({ length: 6 }, () => TOPIC) }, "alarmActions", /at most 5/],
      [{ metricName: null }, "", /exactly one of metricName, metricQueries and evaluationCriteria/],
      [
        math(metric("a"), metric("b"), { ...answer, returnData: false }),
        "metricQueries",
        /exactly one must have returnData: true, 0 do/,
      ],
      [
        math(...Array.from({ length: 11 }, (_, index) => metric(`m${index}`)), answer),
        "metricQueries",
        /has 11 metrics, at most 10/,
      ],
      [math({ ...metric("a"), expression: "b" }, answer), "metricQueries[0]", /exactly one of metric and expression/],
      [math(metric("A"), answer), "metricQueries[0].id", /begin with a lower-case letter/],
      [math(metric("a"), { ...answer, expression: "x".repeat(1025) }), "metricQueries[1].expression", /1 to 1024/],
    ],
  },
  {
    type: "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    good: { alarmName: "burn", alarmRule: 'ALARM("long") AND NOT (OK(short) OR INSUFFICIENT_DATA("short"))' },
    id: /^burn$/,
    outputs: { arn: arnPattern("cloudwatch", "alarm:burn") },
    bad: [
      [{ alarmRule: "long and short" }, "alarmRule", /can't be read from "long and short"/],
      [{ alarmRule: "ALARM(long) ALARM(short)" }, "alarmRule", /is not expected at part 2/],
      [{ alarmRule: "(ALARM(long)" }, "alarmRule", /a parenthesis is not closed/],
      [{ alarmRule: "ALARM(long) AND" }, "alarmRule", /ends too early/],
      [
        { alarmRule: Array.from({ length: 101 }, (_, i) => `ALARM(a${i})`).join(" OR ") },
        "alarmRule",
        /names 101 alarms, at most 100/,
      ],
    ],
  },
  {
    type: "aws:sns/topic:Topic",
    good: {},
    id: arnPattern("sns", "sample-[0-9a-f]{7}"),
    outputs: { owner: /^111122223333$/ },
    bad: [
      [{ name: "page me" }, "name", /letters, digits, hyphens/],
      [{ name: "page", fifoTopic: true }, "name", /ends in \.fifo/],
    ],
  },
  {
    type: "aws:sns/topicPolicy:TopicPolicy",
    good: { arn: TOPIC, policy: samplePolicy({ Principal: "*", Action: "sns:Publish" }) },
    id: arnPattern("sns", "page"),
    bad: [[{ arn: "page" }, "arn", /not an ARN of sns/]],
  },
  {
    type: "aws:sns/topicSubscription:TopicSubscription",
    good: { topic: TOPIC, protocol: "email", endpoint: "oncall@acme.example" },
    id: arnPattern("sns", `page:${UUID}`),
    outputs: { pendingConfirmation: /^true$/ },
    bad: [
      [{ protocol: "pager" }, "protocol", /Use one of application/],
      [{ endpoint: "oncall" }, "endpoint", /does not go with email. Use an address/],
      [{ protocol: "https" }, "endpoint", /begins with https:\/\//],
    ],
  },
  {
    type: "aws:cloudwatch/dashboard:Dashboard",
    good: { dashboardName: "acme-dev", dashboardBody: JSON.stringify({ widgets: [{ type: "text", properties: {} }] }) },
    id: /^acme-dev$/,
    outputs: { dashboardArn: /^arn:aws:cloudwatch::111122223333:dashboard\/acme-dev$/ },
    bad: [
      [{ dashboardName: "acme dev" }, "dashboardName", /letters, digits/],
      [{ dashboardBody: "{}" }, "dashboardBody", /a list of widgets/],
      [{ dashboardBody: JSON.stringify({ widgets: [{ type: "picture" }] }) }, "dashboardBody", /widgets\[0\] has type "picture"/],
      [
        { dashboardBody: JSON.stringify({ widgets: [{ type: "text", x: 12, width: 13 }] }) },
        "dashboardBody",
        /from column 12 to 25; a dashboard has 24/,
      ],
    ],
  },
  {
    type: "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
    good: {
      policyName: "events",
      policyDocument: samplePolicy({ Principal: { Service: "events.amazonaws.com" }, Action: "logs:PutLogEvents" }),
    },
    id: /^events$/,
    outputs: { policyScope: /^ACCOUNT$/ },
    bad: [
      [{ policyName: null }, "policyName", /exactly one of policyName and resourceArn/],
      [{ policyDocument: samplePolicy({ Sid: "x".repeat(5120) }) }, "policyDocument", /at most 5120/],
    ],
  },
  {
    type: "aws:amp/workspace:Workspace",
    good: { alias: "acme-dev" },
    id: new RegExp(`^ws-${UUID}$`),
    outputs: {
      arn: arnPattern("aps", `workspace/ws-${UUID}`),
      prometheusEndpoint: new RegExp(`^https://aps-workspaces\\.eu-west-1\\.amazonaws\\.com/workspaces/ws-${UUID}/$`),
    },
    bad: [
      [{ alias: "x".repeat(101) }, "alias", /at most 100/],
      [
        { loggingConfiguration: { logGroupArn: sampleArn("logs", "log-group:/p") } },
        "loggingConfiguration",
        /does not end in :\*/,
      ],
    ],
  },
];
