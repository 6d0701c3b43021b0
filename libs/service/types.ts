/** A length of time as people write it: `30s`, `5m`, `12h`, `28d`. */
export type Duration = `${number}${"s" | "m" | "h" | "d"}`;

/** A service as its team declares it in service.ts: pure data. See `defineService`. */
export interface ServiceContract {
  /** Lower case, digits, hyphens; at most 20 characters, so that names made from it fit. */
  name: string;
  /** A team of platform.config.ts. */
  owner: string;
  description: string;
  runtime: "ecs";
  http: HttpContract;
  size: Size;
  scale: Scale;
  /** Plain environment variables. */
  environment: Record<string, string>;
  /** Environment variables whose values come from Secrets Manager, by variable: the secret's name. */
  secrets: Record<string, string>;
  release: ReleaseStrategy;
  /** Whole fields replaced in one environment. */
  overrides: Record<string, Partial<Pick<ServiceContract, "size" | "scale" | "environment" | "release">>>;
}

export interface HttpContract {
  /** Port that the container listens on, handed to it as PORT. */
  port: number;
  /** What the edge routes here: path patterns as an ALB listener rule takes them, or host names below the environment's domain. */
  paths?: string[];
  hosts?: string[];
  /** Answers 2xx when the process can take traffic. */
  healthPath: string;
  visibility: "public" | "internal";
  /** How long a request in flight may go on after its target left the load balancer. */
  drain: Duration;
}

export interface Size {
  /** vCPU, one of Fargate's: 0.25, 0.5, 1, 2, 4, 8, 16. */
  cpu: number;
  /** GiB; which go with which vCPU is Fargate's table. */
  memory: number;
  architecture: "arm64" | "x86_64";
  /** Share of tasks on Fargate Spot beyond the first, 0–1. */
  spotShare: number;
}

export interface Scale {
  min: number;
  max: number;
  /** Requests a minute and task that autoscaling holds. */
  requestsPerMinute?: number;
  /** Average CPU in percent that autoscaling holds. */
  cpuPercent?: number;
}

export interface ReleaseStrategy {
  strategy: "rolling";
  /** At most this long until the new version must be healthy. */
  deadline: Duration;
}
