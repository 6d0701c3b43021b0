import type { Clock } from "@fairway/clock";
import type { ResourceState } from "@fairway/engine";
import type { LoadBalancerMetrics } from "./gateway/metrics.ts";

/**
 * What really runs in a rehearsal, made from the resources that are in state.
 *
 * Level-triggered: effects compare what should run (the resources they were given) with what does, and mend the difference.
 * So a rehearsal that is started again from its state, or that was killed half-way, converges without a special case.
 */
export interface Effects {
  /** A resource that is in state from now on. Repeating it changes nothing. */
  put(environment: string, resource: ResourceState): void;
  /**
   * A resource that left the state. Give the physical id when it was replaced, so that its successor of the same URN stays;
   * without one everything of the URN goes.
   */
  remove(environment: string, urn: string, id?: string): void;
  /** Starts to act on what was put. Before it, `put` only collects. @throws as {@link Effects.open} */
  start(): Promise<void>;
  /**
   * Opens the port of an environment's load balancer; a second time changes nothing. `start` does so for every environment that
   * something was put for. @throws when the port is taken, naming the holder
   */
  open(environment: string): Promise<void>;
  /** Resolves when no deployment of the environment is in progress, with the newest deployment of each service. */
  settled(environment: string, signal?: AbortSignal): Promise<ServiceDeployment[]>;
  status(): EnvironmentStatus[];
  /** What differs from state because the orchestrator decided so: a service that rolled back runs another task definition. */
  drift(environment: string): Drift[];
  /** What the environment's public load balancer reports; undefined when it has no port here. */
  metrics(environment: string): LoadBalancerMetrics | undefined;
  logs(query: LogQuery): AsyncIterable<LogLine>;
  /** SIGTERM to every process, SIGKILL to what does not end in time; closes the gateways. */
  stop(): Promise<void>;
}

export interface EffectsOptions {
  /** Absolute folder for process logs and the table of process ids, for example `.fairway/effects`. */
  folder: string;
  clock: Clock;
  /** By environment: loopback port of its public load balancer. */
  ports: Record<string, number>;
  /** Folder of the bundle that an image digest (`sha256:…`) stands for; undefined when it was never built here. */
  bundle: (digest: string) => string | undefined;
  /** Node binary that runs the bundles. */
  node: string;
  onEvent?: (event: EffectsEvent) => void;
}

export type EffectsEvent =
  | { kind: "deployment"; environment: string; deployment: ServiceDeployment }
  | { kind: "task"; environment: string; service: string; task: string; state: TaskState; reason?: string };

export type TaskState = "starting" | "running" | "healthy" | "unhealthy" | "draining" | "stopped";

/** As ECS's `DescribeServiceDeployments` tells it. */
export interface ServiceDeployment {
  service: string;
  /** URN of the `aws:ecs/service:Service`. */
  urn: string;
  status: "in-progress" | "successful" | "rolled-back" | "failed";
  taskDefinition: string;
  /** Healthy tasks of the new revision, and how many are wanted. */
  healthy: number;
  desired: number;
  /** Why it failed: the check, its answer, and the last log lines. */
  reason?: string;
  seconds: number;
}

export interface EnvironmentStatus {
  environment: string;
  services: ServiceStatus[];
}

export interface ServiceStatus {
  name: string;
  /** Where it answers 2xx to GET through the gateway. */
  url: string | undefined;
  /** Image digest that serves. */
  version: string | undefined;
  desired: number;
  running: number;
  healthy: number;
  state: "serving" | "deploying" | "degraded" | "down" | "rolled back";
}

export interface Drift {
  urn: string;
  /** By input name: the value that is live. */
  live: Record<string, string>;
}

export interface LogQuery {
  environment: string;
  service: string;
  /** Last lines to start with. @default 100 */
  tail?: number;
  follow?: boolean;
  signal?: AbortSignal;
}

export interface LogLine {
  /** ISO 8601. */
  time: string;
  environment: string;
  service: string;
  task: string;
  stream: "stdout" | "stderr";
  text: string;
}
