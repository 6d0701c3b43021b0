import type { JsonMap, PlannedResource } from "@fairway/resources";
import type { PriceName } from "../prices/types.ts";
import { type Charge, type Context, type Gap, listOf, mapOf, numberOf, property, type Rule, textOf } from "./rule.ts";

const TASK_DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";

/** Ephemeral storage that a task has without being billed, in GB (Fargate pricing, 2026-03). */
const STORAGE_INCLUDED = 20;

/** Tasks of a Fargate service: their declared number, by the size, architecture and capacity provider that its definition names. */
export const ecsService: Rule = (resource, context) => {
  const definition = context.find(TASK_DEFINITION, "arn", property(resource, "taskDefinition"));
  if (!definition) return [{ unpriced: "a service whose task definition is not in the plan" }];
  if (property(resource, "launchType") === "EC2" || property(resource, "launchType") === "EXTERNAL")
    return [{ unpriced: "tasks on instances: see the instances" }];
  const { count, assumption } = tasksOf(resource, context);
  const architecture = mapOf(property(definition, "runtimePlatform")).cpuArchitecture === "ARM64" ? "Arm" : "X86";
  const cpu = numberOf(property(definition, "cpu"), 0) / 1024;
  const gb = numberOf(property(definition, "memory"), 0) / 1024;
  // ECS also takes "1 vCPU" and "2 GB"; and of a definition for instances both may be missing.
  if (cpu === 0 || gb === 0) return [{ unpriced: "tasks whose cpu or memory is not a number" }];
  const extra = Math.max(0, numberOf(mapOf(property(definition, "ephemeralStorage")).sizeInGib, 0) - STORAGE_INCLUDED);
  const { onDemand, spot, unknown } = tasksByProvider(resource, count, context);
  const hours = context.usage.hours;
  const charge = (item: string, price: PriceName, tasks: number, each: number): Charge[] =>
    tasks * each === 0
      ? []
      : [{ item, price, quantity: tasks * each * hours, ...(assumption === undefined ? {} : { assumption }) }];
  return [
    ...charge("Fargate vCPU", `fargate${architecture}VcpuHour`, onDemand, cpu),
    ...charge("Fargate memory", `fargate${architecture}GbHour`, onDemand, gb),
    ...charge("Fargate Spot vCPU", `fargateSpot${architecture}VcpuHour`, spot, cpu),
    ...charge("Fargate Spot memory", `fargateSpot${architecture}GbHour`, spot, gb),
    ...charge("Fargate storage", "fargateStorageGbHour", onDemand + spot, extra),
    ...(unknown.length > 0 ? [{ unpriced: `tasks on capacity provider ${unknown.join(", ")}` }] : []),
  ];
};

/** How many tasks are priced. Autoscaling moves the number: then it is where it starts, at least its minimum. */
function tasksOf(service: PlannedResource, { find }: Context): { count: number; assumption?: string } {
  const desired = numberOf(property(service, "desiredCount"), 1);
  const cluster = textOf(property(service, "cluster")).split("/").at(-1);
  const target = find(
    "aws:appautoscaling/target:Target",
    "resourceId",
    `service/${cluster}/${textOf(property(service, "name"))}`,
  );
  if (!target) return { count: desired };
  const minimum = numberOf(property(target, "minCapacity"), 0);
  const count = Math.max(desired, minimum);
  const maximum = numberOf(property(target, "maxCapacity"), count);
  return { count, assumption: `${count} tasks all month; autoscaling runs ${minimum} to ${maximum}` };
}

/**
 * How ECS spreads tasks: `base` tasks first, the rest by weight. The average over time, so halves are possible.
 *
 * Without a strategy of its own a service takes the cluster's; with neither, FARGATE.
 */
function tasksByProvider(service: PlannedResource, count: number, { find }: Context) {
  const providers = find(
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
    "clusterName",
    textOf(property(service, "cluster")).split("/").at(-1) ?? "",
  );
  const own = listOf(property(service, "capacityProviderStrategies"));
  const strategies =
    own.length > 0 || property(service, "launchType") === "FARGATE"
      ? own
      : listOf(providers && property(providers, "defaultCapacityProviderStrategies"));
  const result = { onDemand: 0, spot: 0, unknown: [] as string[] };
  if (strategies.length === 0) return { ...result, onDemand: count };
  const parts = strategies.map(mapOf);
  const weights = parts.reduce((sum, { weight }) => sum + numberOf(weight, 0), 0);
  let left = count;
  const based = parts.map(({ base }) => {
    const taken = Math.min(left, numberOf(base, 0));
    left -= taken;
    return taken;
  });
  parts.forEach(({ capacityProvider, weight }, index) => {
    const tasks = based[index]! + (weights === 0 ? 0 : (left * numberOf(weight, 0)) / weights);
    if (capacityProvider === "FARGATE") result.onDemand += tasks;
    else if (capacityProvider === "FARGATE_SPOT") result.spot += tasks;
    else if (tasks > 0) result.unknown.push(textOf(capacityProvider));
  });
  return result;
}

/** Alarms that target tracking of an ECS service makes for itself: one to scale out, one to scale in. */
const TRACKING_ALARMS = 2;

/** A policy costs nothing; the alarms by which target tracking scales are billed as any others, by the metrics that they look at. */
export const scalingPolicy: Rule = (resource) => {
  const configuration = mapOf(property(resource, "targetTrackingScalingPolicyConfiguration"));
  if (property(resource, "policyType") !== "TargetTrackingScaling") return [];
  const namespace = textOf(property(resource, "serviceNamespace"));
  if (namespace !== "ecs") return [{ unpriced: `alarms that target tracking of ${namespace || "an unknown service"} makes` }];
  const queries = listOf(mapOf(configuration.customizedMetricSpecification).metrics).map(mapOf);
  const metrics = queries.length === 0 ? 1 : queries.filter(({ metricStat }) => metricStat !== undefined).length;
  return [
    {
      item: "scaling alarms",
      price: "alarmMetric",
      quantity: TRACKING_ALARMS * metrics,
      assumption: `${TRACKING_ALARMS} alarms that target tracking makes for itself`,
      basis: "fixed",
    },
  ];
};

/** Container Insights bills each metric that it makes; how many depends on what runs. */
export const ecsCluster: Rule = (resource) => {
  const insights = listOf(property(resource, "settings")).map(mapOf);
  const on = insights.some(({ name, value }) => name === "containerInsights" && value !== "disabled");
  return on ? [{ unpriced: "Container Insights: a custom metric for each measure of each service and task" }] : [];
};

export const eksCluster: Rule = (resource, { usage }) => [
  {
    item: "EKS control plane",
    price: "eksClusterHour",
    quantity: usage.hours,
    assumption: "the version is in standard support; in extended support the hour costs six times as much",
    basis: "fixed", // The cluster's hours do not depend on use.
  },
  ...(mapOf(property(resource, "computeConfig")).enabled === true
    ? [{ unpriced: "EC2 instances that Auto Mode starts for pods, and Auto Mode's fee of about 12 % on them" }]
    : []),
];

export const volumeClaim: Rule = (resource) => [volume(mapOf(property(resource, "spec")))];

/** Each replica has a volume of each template. */
export const statefulSet: Rule = (resource) => {
  const spec = mapOf(property(resource, "spec"));
  const replicas = numberOf(spec.replicas, 1);
  return listOf(spec.volumeClaimTemplates).map((template) => {
    const one = volume(mapOf(mapOf(template).spec));
    const name = textOf(mapOf(mapOf(template).metadata).name);
    return "unpriced" in one ? one : { ...one, item: `volume ${name}`, quantity: replicas * one.quantity };
  });
};

/** A service of type LoadBalancer makes one; ours register with the edge's instead. */
export const clusterService: Rule = (resource) =>
  mapOf(property(resource, "spec")).type === "LoadBalancer" ? [{ unpriced: "a load balancer that a service makes" }] : [];

/** `10Gi` → 10 × 1.073741824 GB. */
function volume(claim: JsonMap): Charge | Gap {
  const requests = mapOf(mapOf(claim.resources).requests);
  const [, amount = "", unit = ""] = /^(\d+(?:\.\d+)?)([GTM]i?)$/.exec(textOf(requests.storage)) ?? [];
  const gb = { Mi: 2 ** 20 / 1e9, Gi: 2 ** 30 / 1e9, Ti: 2 ** 40 / 1e9, M: 0.001, G: 1, T: 1000 }[unit];
  if (gb === undefined) return { unpriced: "a volume whose size is not known" };
  return {
    item: "volume",
    price: "ebsGp3Gb",
    quantity: Number(amount) * gb,
    assumption: "a gp3 volume at its baseline speed",
    basis: "fixed",
  };
}

export const codebuildProject: Rule = (resource, { usage }) => {
  const size = textOf(mapOf(property(resource, "environment")).computeType);
  if (size !== "BUILD_GENERAL1_SMALL") return [{ unpriced: `builds on ${size || "machines whose size is not known"}` }];
  return [
    {
      item: "build minutes",
      price: "codebuildSmallMinute",
      quantity: usage.buildMinutes,
      assumption: `${usage.buildMinutes} minutes a month`,
    },
  ];
};
