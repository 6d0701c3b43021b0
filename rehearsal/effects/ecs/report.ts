import { digestOf, rehearsedContainer } from "../tasks/command.ts";
import type { Drift, ServiceDeployment, ServiceStatus } from "../types.ts";
import type { Service, TaskDefinition } from "../world/services.ts";
import { asksForDeployment, type ServiceRecord, type TaskView, wanted } from "./deployment.ts";

/** A service's newest deployment as ECS tells it, where a rollback is part of the deployment that it undoes. */
export function deploymentOf(
  service: Service,
  record: ServiceRecord | undefined,
  tasks: readonly TaskView[],
  now: number,
): ServiceDeployment {
  const { name, urn, desired, taskDefinitionArn } = service;
  if (!record || asksForDeployment(service, record)) {
    const reason = `task definition ${taskDefinitionArn} is not in state`;
    return { service: name, urn, status: "failed", taskDefinition: taskDefinitionArn, healthy: 0, desired, reason, seconds: 0 };
  }
  const { status, startedAt, endedAt, reason, target } = record.deployment;
  return {
    service: name,
    urn,
    status: status === "rolling-back" ? "in-progress" : status,
    taskDefinition: target.arn,
    healthy: tasks.filter((task) => task.taskDefinition === target.arn && task.health === "healthy").length,
    desired,
    // A task may fail on the way to a deployment that succeeds all the same.
    ...(reason !== undefined && status !== "successful" ? { reason } : {}),
    seconds: ((endedAt ?? now) - startedAt) / 1000,
  };
}

/** @param serving what a healthy task runs */
export function statusOf(
  service: Service,
  record: ServiceRecord | undefined,
  tasks: readonly TaskView[],
  serving: TaskDefinition | undefined,
  url: string | undefined,
): ServiceStatus {
  const healthy = tasks.filter((task) => task.health === "healthy").length;
  return {
    name: service.name,
    url: healthy > 0 ? url : undefined,
    version: serving && digestOf(rehearsedContainer(serving, service).image),
    desired: service.desired,
    running: tasks.length,
    healthy,
    state: stateOf(service, record, healthy),
  };
}

/** What the service runs, where that is not what its resource names, because a deployment failed. */
export function driftOf(service: Service, record: ServiceRecord | undefined): Drift | undefined {
  const live = record && wanted(record)?.arn;
  const decided = record !== undefined && record.deployment.status !== "in-progress";
  if (!decided || live === undefined || live === service.taskDefinitionArn) return undefined;
  return { urn: service.urn, live: { taskDefinition: live } };
}

function stateOf(service: Service, record: ServiceRecord | undefined, healthy: number): ServiceStatus["state"] {
  const status = record?.deployment.status;
  if (status === "in-progress" || status === "rolling-back") return "deploying";
  if (healthy === 0 && service.desired > 0) return "down";
  if (status === "rolled-back") return "rolled back";
  return healthy < service.desired || status === "failed" ? "degraded" : "serving";
}
