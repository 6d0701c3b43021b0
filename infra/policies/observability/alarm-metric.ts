import type { Plan } from "../reading/plan.ts";
import { maps } from "../reading/values.ts";
import type { Policy } from "../types.ts";
import { METRIC_ALARM, watched, type Watched } from "./alarms.ts";
import { dimensionSets, fits, metricsOf, nearest } from "./metrics/metrics.ts";

/** What values of some dimensions look like. Another form is a metric without data, which most alarms take for health. */
const FORMS: Record<string, Record<string, { pattern: RegExp; what: string }>> = {
  "AWS/ApplicationELB": {
    LoadBalancer: { pattern: /^app\/[^/]+\/[0-9a-f]{16}$/, what: "the load balancer's arnSuffix, app/NAME/ID" },
    TargetGroup: { pattern: /^targetgroup\/[^/]+\/[0-9a-f]{16}$/, what: "the target group's arnSuffix, targetgroup/NAME/ID" },
  },
  "AWS/NetworkELB": {
    LoadBalancer: { pattern: /^net\/[^/]+\/[0-9a-f]{16}$/, what: "the load balancer's arnSuffix, net/NAME/ID" },
    TargetGroup: { pattern: /^targetgroup\/[^/]+\/[0-9a-f]{16}$/, what: "the target group's arnSuffix, targetgroup/NAME/ID" },
  },
  "AWS/ECS": {
    ClusterName: { pattern: /^[^:/]+$/, what: "a name, not an ARN" },
    ServiceName: { pattern: /^[^:/]+$/, what: "a name, not an ARN" },
  },
  "AWS/SQS": { QueueName: { pattern: /^[^:/]+$/, what: "a name, not an ARN or URL" } },
  "AWS/SNS": { TopicName: { pattern: /^[^:/]+$/, what: "a name, not an ARN" } },
};

export const alarmMetric: Policy = {
  name: "alarm-metric",
  title: "Every alarm watches a metric that exists, by dimensions that it has",
  why: "CloudWatch takes an alarm on any name. One on a metric that nobody publishes never goes off.",
  fix: "Take the metric and dimensions from AWS's list. A metric of your own must come from a LogMetricFilter, or stand in metrics/by-hand.ts.",
  severity: "mandatory",
  acrossStacks: true,
  check: (plan) => {
    const own = ownMetrics(plan);
    return plan.each(METRIC_ALARM, (alarm) => watched(alarm).flatMap((each) => problem(each, own) ?? []));
  },
};

function problem({ path, namespace, metric, dimensions }: Watched, own: Map<string, Set<string>>): string | undefined {
  const at = path === "" ? "it watches" : `${path} is`;
  if (own.get(namespace)?.has(metric)) return undefined;
  const names = metricsOf(namespace);
  if (!names) {
    const others = own.get(namespace);
    const known = others ? `: of it there is ${[...others].join(", ")}` : "";
    return `${at} ${metric} in ${namespace}, which nothing here publishes${known}`;
  }
  const sets = dimensionSets(namespace, metric);
  if (!sets) return `${at} ${metric}, which ${namespace} does not have. Near it: ${nearest(metric, names).join(", ")}`;
  if (!sets.some((set) => fits(set, withUnknown(set, dimensions)))) {
    const given = Object.keys(dimensions).sort().join(", ") || "no dimension";
    const wanted = sets.map((set) => set.join(", ") || "none").join("; or ");
    return `${at} ${namespace} ${metric} by ${given}. It is published by ${wanted}`;
  }
  const wrong = Object.entries(dimensions).find(
    ([name, value]) => value !== "" && FORMS[namespace]?.[name]?.pattern.test(value) === false,
  );
  return wrong && `${at} ${namespace} ${metric} of ${wrong[0]} "${wrong[1]}": it must be ${FORMS[namespace]![wrong[0]]!.what}`;
}

/** A dimension whose value is not known yet can't be judged by it. */
function withUnknown(set: readonly string[], dimensions: Record<string, string>): Record<string, string> {
  const only = new Map(set.map((each) => [each.split("=")[0]!, each.split("=")[1]]));
  return Object.fromEntries(
    Object.entries(dimensions).map(([name, value]) => [name, value === "" ? (only.get(name) ?? "") : value]),
  );
}

/** What log groups of the environment are turned into. */
function ownMetrics(plan: Plan): Map<string, Set<string>> {
  const metrics = new Map<string, Set<string>>();
  for (const filter of plan.of("aws:cloudwatch/logMetricFilter:LogMetricFilter")) {
    for (const { namespace, name } of maps([filter.inputs.metricTransformation ?? null])) {
      if (typeof namespace !== "string" || typeof name !== "string") continue;
      metrics.set(namespace, (metrics.get(namespace) ?? new Set()).add(name));
    }
  }
  return metrics;
}
