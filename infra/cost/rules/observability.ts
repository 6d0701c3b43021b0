import { listOf, mapOf, numberOf, property, type Rule, textOf } from "./rule.ts";

/**
 * An alarm is billed by the metrics that it looks at, not as one: a math alarm on four metrics costs four times an alarm on one.
 * An anomaly band is two metrics more.
 */
export const metricAlarm: Rule = (resource) => {
  const queries = listOf(property(resource, "metricQueries")).map(mapOf);
  const expressions = queries.map(({ expression }) => textOf(expression));
  if (Object.keys(mapOf(property(resource, "evaluationCriteria"))).length > 0) return [{ unpriced: "an alarm on PromQL" }];
  if (expressions.some((expression) => /^\s*SELECT\b/i.test(expression)))
    return [{ unpriced: "an alarm on a Metrics Insights query: billed by the metrics that it scans" }];
  const bands = expressions.filter((expression) => expression.includes("ANOMALY_DETECTION_BAND")).length;
  const looked = queries.filter(({ metric }) => metric !== undefined);
  const metrics = (queries.length === 0 ? 1 : looked.length) + 2 * bands;
  const periods = [property(resource, "period"), ...looked.map(({ metric }) => mapOf(metric).period)];
  const fast = periods.some((period) => numberOf(period, 60) < 60);
  return [{ item: "alarm metrics", price: fast ? "alarmFastMetric" : "alarmMetric", quantity: metrics }];
};

export const compositeAlarm: Rule = () => [{ item: "composite alarm", price: "compositeAlarm", quantity: 1 }];

/** An account's first three are free; which three is not asked. */
export const dashboard: Rule = () => [{ item: "dashboard", price: "dashboard", quantity: 1 }];

/** Days that a log is kept are months' worth of storage: what came in over the whole time lies there. */
export const logGroup: Rule = (resource, { usage }) => {
  const days = numberOf(property(resource, "retentionInDays"), 0);
  const kind = textOf(property(resource, "logGroupClass")) || "STANDARD";
  if (kind !== "STANDARD") return [{ unpriced: `a log group of class ${kind}` }];
  // Kept for ever: a year's worth, and growing.
  const months = (days === 0 ? 365 : days) / 30;
  const assumption = `${usage.logGb} GB a month into each log group, kept ${days === 0 ? "for ever (a year counted)" : `${days} days`}`;
  return [
    { item: "log ingestion", price: "logIngestGb", quantity: usage.logGb, assumption },
    { item: "log storage", price: "logStoreGb", quantity: usage.logGb * months, assumption },
  ];
};

export const topic: Rule = (_, { usage }) => [
  {
    item: "notifications",
    price: "snsHundredThousandEmails",
    quantity: usage.topicEmails / 100_000,
    assumption: `${usage.topicEmails} emails a month`,
  },
];

export const eventBus: Rule = (_, { usage }) => [
  {
    item: "events",
    price: "eventMillion",
    quantity: usage.eventMillions,
    assumption: `${usage.eventMillions} million events a month`,
  },
];

/** An event with its detail, in kB: AWS's own alarm events are about this long. */
const EVENT_KB = 2;

export const eventArchive: Rule = (_, { usage }) => [
  {
    item: "event archive",
    price: "eventArchiveGb",
    quantity: (usage.eventMillions * 1e6 * EVENT_KB) / 1e6,
    assumption: `${usage.eventMillions} million events a month of ${EVENT_KB} kB; what is kept is not counted`,
  },
];

/** Parameters of the standard tier cost nothing. */
export const parameter: Rule = (resource) => {
  const tier = textOf(property(resource, "tier")) || "Standard";
  return tier === "Standard" ? [] : [{ unpriced: `a parameter of tier ${tier}` }];
};

export const prometheusWorkspace: Rule = (_, { usage }) => [
  {
    item: "Prometheus samples",
    price: "prometheusTenMillionSamples",
    quantity: usage.sampleMillions / 10,
    assumption: `${usage.sampleMillions} million samples a month; queries and storage are not counted`,
  },
];
