import type { JsonMap, PlannedResource } from "@fairway/resources";
import { grouped, oncePerPlan, type Plan } from "../reading/plan.ts";
import { list, map, maps, text, texts, unknown } from "../reading/values.ts";

export const METRIC_ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
export const COMPOSITE_ALARM = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
export const ALARMS = [METRIC_ALARM, COMPOSITE_ALARM];

/** A metric that an alarm watches. */
export interface Watched {
  /** Where it stands in the alarm; empty for the alarm's own. */
  path: string;
  namespace: string;
  metric: string;
  dimensions: Record<string, string>;
}

/** The metrics of an alarm whose namespace, name and dimensions are known. An alarm on PromQL or on an expression alone has none. */
export function watched(alarm: PlannedResource): Watched[] {
  const queries = Array.isArray(alarm.inputs.metricQueries) ? alarm.inputs.metricQueries : [];
  return [
    ...one(alarm, "", alarm.inputs),
    ...queries.flatMap((query, index) => one(alarm, `metricQueries[${index}].metric`, map(map(query)?.metric) ?? {})),
  ];
}

function one(alarm: PlannedResource, path: string, { namespace, metricName, dimensions }: JsonMap): Watched[] {
  const below = (name: string) => (path === "" ? name : `${path}.${name}`);
  const isUnknown = ["namespace", "metricName"].some((name) => unknown(alarm, below(name)));
  // A dimension's value may be unknown while its name is known; a whole map may be unknown too.
  if (isUnknown || alarm.unknowns.includes(below("dimensions"))) return [];
  if (typeof namespace !== "string" || typeof metricName !== "string") return [];
  return [{ path, namespace, metric: metricName, dimensions: named(alarm, below("dimensions"), map(dimensions) ?? {}) }];
}

/** Dimensions with the unknown ones in their place, as an empty text. */
function named(alarm: PlannedResource, path: string, dimensions: JsonMap): Record<string, string> {
  const missing = alarm.unknowns.flatMap((each) =>
    each.startsWith(`${path}.`)
      ? [each.slice(path.length + 1)]
      : each.startsWith(`${path}["`)
        ? [each.slice(path.length + 2, -2)]
        : [],
  );
  const known = Object.entries(dimensions).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" || typeof value === "number" ? [[name, String(value)]] : [],
  );
  return Object.fromEntries([...missing.map((name) => [name, ""] as const), ...known]);
}

/** Whether an alarm itself notifies somebody, or does something, when it goes off. */
export function acts(alarm: PlannedResource): boolean {
  return unknown(alarm, "alarmActions") || list(alarm.inputs.alarmActions).length > 0;
}

/** Whether it is turned off. */
export function isMuted(alarm: PlannedResource): boolean {
  return alarm.inputs.actionsEnabled === false;
}

/** The composite alarms whose rule names an alarm. */
export function compositesOf(plan: Plan, alarm: PlannedResource): PlannedResource[] {
  return naming(composites(plan), alarm).filter(({ urn }) => urn !== alarm.urn);
}

const composites = oncePerPlan((plan) =>
  grouped(plan.of(COMPOSITE_ALARM), (composite) => [
    ...(composite.propertyDependencies.alarmRule ?? []),
    ...childrenOf(composite),
  ]),
);

/** The alarms that a composite's rule names, by name or ARN. */
export function childrenOf(composite: PlannedResource): string[] {
  const rule = text(composite.inputs.alarmRule) ?? "";
  return [...rule.matchAll(/\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|'([^']+)'|([^\s"'()]+))\s*\)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare!,
  );
}

/** What an alarm is called where others refer to it. */
export function namesOf({ inputs, outputs }: PlannedResource): string[] {
  return [inputs.name, inputs.alarmName, outputs.name, outputs.alarmName, outputs.arn, outputs.id].filter(
    (name) => typeof name === "string",
  );
}

/** The ECS services whose deployments an alarm rolls back. */
export function guardedBy(plan: Plan, alarm: PlannedResource): PlannedResource[] {
  return naming(guarded(plan), alarm);
}

const guarded = oncePerPlan((plan) =>
  grouped(plan.of("aws:ecs/service:Service"), ({ inputs, propertyDependencies }) => [
    ...(propertyDependencies.alarms ?? []),
    ...maps([inputs.alarms ?? null]).flatMap(({ alarmNames }) => texts(alarmNames)),
  ]),
);

function naming(index: Map<string, PlannedResource[]>, alarm: PlannedResource): PlannedResource[] {
  return [...new Set([alarm.urn, ...namesOf(alarm)].flatMap((name) => index.get(name) ?? []))];
}
