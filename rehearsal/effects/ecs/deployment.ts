import type { Service, TaskDefinition } from "../world/services.ts";

/** What is kept of a service's newest deployment, on disk too. Times are milliseconds since the epoch. */
export interface Deployment {
  target: TaskDefinition;
  /** `rolling-back` is in progress towards the last completed task definition; the others are final. */
  status: "in-progress" | "rolling-back" | "successful" | "rolled-back" | "failed";
  startedAt: number;
  /** When the rollback began. */
  turnedAt?: number;
  endedAt?: number;
  /** Tasks of the target that stopped or were stopped by themselves. */
  failedTasks: number;
  reason?: string;
}

export interface ServiceRecord {
  /** The declaration that the deployment answers to. */
  declared: Service;
  deployment: Deployment;
  /** The task definition of the last successful deployment, in full: its resource may have left the state. */
  completed?: TaskDefinition;
}

/** A task as the state machine sees it. Draining and stopped ones are left out: ECS does not count them either. */
export interface TaskView {
  id: string;
  taskDefinition: string;
  health: "starting" | "healthy" | "unhealthy";
  startedAt: number;
}

export interface Pace {
  /** Failures in a row, of any task of the service. */
  failures: number;
  lastFailureAt: number;
}

export interface Decision {
  start: { definition: TaskDefinition; count: number } | undefined;
  stop: { id: string; why: "replaced" | "unhealthy" | "scaled in" }[];
  /** Set when the deployment goes on to another status. */
  deployment?: Deployment;
}

/**
 * Whether a declaration asks for a new deployment: it names another task definition, other load balancers, or forces one.
 * After a failure any change does, but the same declaration again does not. A changed `desired` only scales.
 */
export function asksForDeployment(service: Service, record: ServiceRecord | undefined): boolean {
  if (!record) return true;
  const failed = record.deployment.status === "rolled-back" || record.deployment.status === "failed";
  const key = (of: Service) =>
    JSON.stringify(failed ? { ...of, desired: 0 } : [of.taskDefinitionArn, of.loadBalancers, of.forced]);
  return key(service) !== key(record.declared);
}

export function begin(service: Service, target: TaskDefinition, record: ServiceRecord | undefined, now: number): ServiceRecord {
  const deployment: Deployment = { target, status: "in-progress", startedAt: now, failedTasks: 0 };
  return { declared: service, deployment, ...(record?.completed ? { completed: record.completed } : {}) };
}

/**
 * A record as a rehearsal goes on with it that has no task yet: the deployment starts over, but one that failed stays so, and
 * what served last serves again. A first deployment that failed is tried again, since nothing else could run.
 */
export function resume(record: ServiceRecord, now: number): ServiceRecord {
  const { status } = record.deployment;
  const back = record.completed !== undefined && (status === "rolling-back" || status === "rolled-back" || status === "failed");
  const { turnedAt: _turned, endedAt: _ended, ...kept } = record.deployment;
  if (back) return { ...record, deployment: { ...kept, status: "rolling-back", startedAt: now, turnedAt: now } };
  return begin(record.declared, record.deployment.target, record, now);
}

/** ECS: half of the wanted tasks, at least 3 and at most 200 (API_ServiceDeploymentCircuitBreaker, 2026-09). */
export function failureThreshold(desired: number): number {
  return Math.max(3, Math.min(200, Math.ceil(0.5 * desired)));
}

/** ECS replaces a failed task at once, and ever more slowly when that fails again; here up to 30 s. */
export function startsAgainAt(pace: Pace): number {
  if (pace.failures <= 1) return pace.lastFailureAt;
  return pace.lastFailureAt + Math.min(30_000, 500 * 2 ** (pace.failures - 2));
}

/** The task definition that should run: the target's, or after a failure the last completed one. */
export function wanted(record: ServiceRecord): TaskDefinition | undefined {
  const { deployment, completed } = record;
  return deployment.status === "in-progress" || deployment.status === "successful" ? deployment.target : completed;
}

/** What to do now. Pure: the same service, record and tasks give the same decision. */
export function decide(service: Service, record: ServiceRecord, tasks: readonly TaskView[], pace: Pace, now: number): Decision {
  const judged = judge(service, record, tasks, now);
  if (judged) return { start: undefined, stop: [], deployment: judged };
  return roll(service, record, tasks, pace, now);
}

/** Whether the deployment, or its rollback, has succeeded or failed. */
function judge(service: Service, record: ServiceRecord, tasks: readonly TaskView[], now: number): Deployment | undefined {
  const { deployment, completed } = record;
  if (deployment.status !== "in-progress" && deployment.status !== "rolling-back") return undefined;
  const definition = wanted(record)?.arn;
  const healthy = tasks.filter((task) => task.taskDefinition === definition && task.health === "healthy").length;
  const others = tasks.filter((task) => task.taskDefinition !== definition).length;
  if (healthy >= service.desired && others === 0) {
    return { ...deployment, status: deployment.status === "in-progress" ? "successful" : "rolled-back", endedAt: now };
  }
  const late = now - (deployment.turnedAt ?? deployment.startedAt) > service.deadline;
  if (deployment.status === "rolling-back") {
    return late ? { ...deployment, status: "failed", endedAt: now } : undefined;
  }
  const broken = service.circuitBreaker.enable && deployment.failedTasks >= failureThreshold(service.desired);
  if (!late && !broken) return undefined;
  const reason = deployment.reason ?? `not ${service.desired} healthy tasks after ${Math.round(service.deadline / 1000)} s`;
  // The first deployment, and one of what already ran, has nothing to go back to.
  const canRollBack = completed !== undefined && completed.arn !== deployment.target.arn;
  if (canRollBack && (service.circuitBreaker.rollback || late)) {
    return { ...deployment, status: "rolling-back", turnedAt: now, reason };
  }
  return { ...deployment, status: "failed", endedAt: now, reason };
}

/** Moves the tasks towards the wanted ones within the service's minimum and maximum percent. */
function roll(service: Service, record: ServiceRecord, tasks: readonly TaskView[], pace: Pace, now: number): Decision {
  const definition = wanted(record);
  const lower = Math.ceil((service.desired * service.minimumHealthyPercent) / 100);
  const upper = Math.max(1, Math.floor((service.desired * service.maximumPercent) / 100));
  const current = tasks.filter((task) => task.taskDefinition === definition?.arn);
  const replaced = tasks.filter((task) => task.taskDefinition !== definition?.arn);
  const healthy = (of: readonly TaskView[]) => of.filter((task) => task.health === "healthy");
  const sick = current.filter((task) => task.health === "unhealthy" && now - task.startedAt >= service.gracePeriod);
  const stop: Decision["stop"] = [];

  // Old tasks that don't serve go at once, serving ones only while enough others do.
  let serving = healthy(tasks).length;
  for (const task of [...replaced].sort((a, b) => Number(a.health === "healthy") - Number(b.health === "healthy"))) {
    const serves = task.health === "healthy";
    if (serves && serving - 1 < lower) continue;
    if (serves) serving--;
    stop.push({ id: task.id, why: "replaced" });
  }

  // In a deployment a sick task goes at once and counts; later ECS first starts its replacement, where the maximum lets it.
  const steady = record.deployment.status === "successful" || record.deployment.status === "rolled-back";
  const sound = current.filter((task) => !sick.includes(task));
  const enough = healthy(current).length >= service.desired;
  const noRoom = tasks.length >= upper && sound.every((task) => task.health === "healthy");
  if (!steady || enough || noRoom) stop.push(...sick.map((task) => ({ id: task.id, why: "unhealthy" as const })));

  const surplus = [...sound].sort((a, b) => b.startedAt - a.startedAt).slice(0, Math.max(0, sound.length - service.desired));
  stop.push(...surplus.map((task) => ({ id: task.id, why: "scaled in" as const })));

  const missing = service.desired - sound.length;
  const room = upper - (tasks.length - stop.length);
  const count = definition === undefined ? 0 : Math.max(0, Math.min(missing, room));
  const start = definition !== undefined && count > 0 && now >= startsAgainAt(pace) ? { definition, count } : undefined;
  return { start, stop };
}
