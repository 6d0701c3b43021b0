export { createEffects } from "./effects.ts";
export type { Dimensions, LoadBalancerMetrics, MetricName, Minute } from "./gateway/metrics.ts";
export type {
  Drift,
  Effects,
  EffectsEvent,
  EffectsOptions,
  EnvironmentStatus,
  LogLine,
  LogQuery,
  ServiceDeployment,
  ServiceStatus,
  TaskState,
} from "./types.ts";
