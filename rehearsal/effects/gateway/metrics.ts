/** Of the load balancer alone, or of one of its target groups, by ARN suffix (`app/name/id`, `targetgroup/name/id`). */
export interface Dimensions {
  loadBalancer: string;
  targetGroup?: string;
}

export type MetricName =
  | "RequestCount"
  | "HTTPCode_Target_2XX_Count"
  | "HTTPCode_Target_3XX_Count"
  | "HTTPCode_Target_4XX_Count"
  | "HTTPCode_Target_5XX_Count"
  | "HTTPCode_ELB_5XX_Count"
  | "HTTPCode_ELB_502_Count"
  | "HTTPCode_ELB_503_Count"
  | "HTTPCode_ELB_504_Count"
  | "TargetConnectionErrorCount"
  | "TargetResponseTime"
  | "HealthyHostCount"
  | "UnHealthyHostCount";

/** Every sample of one minute; a minute without one is missing, as in CloudWatch. */
export interface Minute {
  /** Start of the minute, milliseconds since the epoch. */
  start: number;
  /** Counts are samples of 1; response times are in seconds. */
  samples: readonly number[];
}

/** Reads what a load balancer reports to namespace `AWS/ApplicationELB`. */
export interface LoadBalancerMetrics {
  /** Minutes that begin in `[from, to)`, oldest first. Kept for the last three hours. */
  read(metric: MetricName, dimensions: Dimensions, from: number, to: number): Minute[];
  /** Sum of all samples since the start. */
  total(metric: MetricName, dimensions: Dimensions): number;
}

const kept = 180;

export class MetricsStore implements LoadBalancerMetrics {
  private readonly series = new Map<string, { total: number; minutes: Map<number, number[]> }>();

  /**
   * Records under the load balancer and, given a target group, under both, as ALB does. `HTTPCode_ELB_*` have no group, host
   * counts nothing but a group.
   */
  record(metric: MetricName, dimensions: Dimensions, value: number, now: number): void {
    if (!metric.endsWith("HostCount")) this.append(key(metric, { loadBalancer: dimensions.loadBalancer }), value, now);
    if (dimensions.targetGroup !== undefined) this.append(key(metric, dimensions), value, now);
  }

  read(metric: MetricName, dimensions: Dimensions, from: number, to: number): Minute[] {
    const minutes = this.series.get(key(metric, dimensions))?.minutes ?? new Map<number, number[]>();
    return [...minutes].filter(([start]) => start >= from && start < to).map(([start, samples]) => ({ start, samples }));
  }

  total(metric: MetricName, dimensions: Dimensions): number {
    return this.series.get(key(metric, dimensions))?.total ?? 0;
  }

  private append(name: string, value: number, now: number): void {
    const start = Math.floor(now / 60_000) * 60_000;
    const series = this.series.get(name) ?? { total: 0, minutes: new Map<number, number[]>() };
    this.series.set(name, series);
    series.total += value;
    const minute = series.minutes.get(start);
    if (minute) minute.push(value);
    else series.minutes.set(start, [value]);
    const oldest = series.minutes.keys().next().value;
    if (series.minutes.size > kept && oldest !== undefined) series.minutes.delete(oldest);
  }
}

function key(metric: MetricName, { loadBalancer, targetGroup }: Dimensions): string {
  return `${metric} ${loadBalancer} ${targetGroup ?? ""}`;
}
