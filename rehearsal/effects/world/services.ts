import { flag, list, nested, numeric, type PlainMap, text, texts } from "./values.ts";

/** An ECS service as its resource declares it; times in milliseconds. */
export interface Service {
  urn: string;
  name: string;
  clusterName: string;
  /** `desiredCount`, or what autoscaling holds at least. */
  desired: number;
  taskDefinitionArn: string;
  minimumHealthyPercent: number;
  maximumPercent: number;
  circuitBreaker: { enable: boolean; rollback: boolean };
  /** Failed health checks before this age of a task don't count. */
  gracePeriod: number;
  /** How long a deployment may take; from tag `fairway:deadline`. */
  deadline: number;
  loadBalancers: { targetGroupArn: string; containerName: string; containerPort: number }[];
  /** Rises when the program forces a deployment of an unchanged task definition. */
  forced: string;
}

/** What of a task definition a process needs. Kept whole by deployments, since an old revision leaves the state. */
export interface TaskDefinition {
  arn: string;
  containers: Container[];
}

export interface Container {
  name: string;
  image: string;
  essential: boolean;
  command: string[];
  workingDirectory: string;
  environment: Record<string, string>;
  /** By variable: ARN of a Secrets Manager secret or an SSM parameter. */
  secrets: Record<string, string>;
  stopTimeout: number;
}

/** Longest deployment where the service's tag says nothing. */
const usualDeadline = 10 * 60_000;

/** Fargate's default, and its most is 120 s (API_ContainerDefinition, 2026-09). */
const usualStopTimeout = 30_000;

export function readService(urn: string, from: PlainMap): Service {
  const breaker = nested(from.deploymentCircuitBreaker);
  const tags = { ...nested(from.tagsAll), ...nested(from.tags) };
  const cluster = text(from.cluster);
  return {
    urn,
    // Its name in the program; the cloud's has random digits at the end, which nobody types.
    name: urn.split("::").at(-1) ?? urn,
    clusterName: cluster.split("/").at(-1) ?? cluster,
    desired: numeric(from.desiredCount, 0),
    taskDefinitionArn: text(from.taskDefinition),
    minimumHealthyPercent: numeric(from.deploymentMinimumHealthyPercent, 100),
    maximumPercent: numeric(from.deploymentMaximumPercent, 200),
    circuitBreaker: { enable: flag(breaker?.enable, false), rollback: flag(breaker?.rollback, false) },
    gracePeriod: numeric(from.healthCheckGracePeriodSeconds, 0) * 1000,
    deadline: milliseconds(text(tags["fairway:deadline"])) ?? usualDeadline,
    loadBalancers: list(from.loadBalancers).map((one) => ({
      targetGroupArn: text(one.targetGroupArn),
      containerName: text(one.containerName),
      containerPort: numeric(one.containerPort, 0),
    })),
    forced: flag(from.forceNewDeployment, false) ? JSON.stringify(nested(from.triggers) ?? {}) : "",
  };
}

export function readTaskDefinition(from: PlainMap): TaskDefinition {
  const written = text(from.containerDefinitions, "[]");
  const containers = list(JSON.parse(written) as PlainMap[]);
  return { arn: text(from.arn), containers: containers.map(readContainer) };
}

/** Milliseconds of `90s`, `10m`, `2h` or `1d`; undefined when it is not written so. */
export function milliseconds(duration: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([smhd])$/.exec(duration);
  if (!match) return undefined;
  const unit = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[match[2] as "s" | "m" | "h" | "d"];
  return Number(match[1]) * unit;
}

function readContainer(from: PlainMap): Container {
  return {
    name: text(from.name),
    image: text(from.image),
    essential: flag(from.essential, true),
    command: [...texts(from.entryPoint), ...texts(from.command)],
    workingDirectory: text(from.workingDirectory),
    environment: Object.fromEntries(list(from.environment).map((one) => [text(one.name), text(one.value)])),
    secrets: Object.fromEntries(list(from.secrets).map((one) => [text(one.name), text(one.valueFrom)])),
    stopTimeout: numeric(from.stopTimeout, usualStopTimeout / 1000) * 1000,
  };
}
