import type { Place, Statement } from "../../documents/policy.ts";

/** Where the collector of a task sends what it takes in. */
export interface CollectorDestinations {
  region: string;
  /** CloudWatch namespace of metrics, for example `acme/dev`. */
  namespace: string;
  /** Log group in which CloudWatch finds the metrics. */
  metricsLogGroup: string;
  /** Address of a Prometheus workspace, which then gets the metrics instead of CloudWatch. */
  remoteWriteUrl?: string;
}

/** Ports on which the collector listens for OTLP, to containers of its own task only. */
export const OTLP = { grpc: "127.0.0.1:4317", http: "127.0.0.1:4318" };

/**
 * The configuration of an OpenTelemetry collector beside a task's containers (AWS Distro for OpenTelemetry): traces to X-Ray,
 * metrics to CloudWatch as embedded metrics or, where there is one, to a Prometheus workspace.
 *
 * A task's containers share its network interface, so the ports are on the loopback address: nobody else can send.
 */
export function collectorConfig({ region, namespace, metricsLogGroup, remoteWriteUrl }: CollectorDestinations) {
  const cloudwatch = {
    awsemf: {
      region,
      namespace,
      log_group_name: metricsLogGroup,
      log_stream_name: "{TaskId}",
      resource_to_telemetry_conversion: { enabled: true },
      // One series a metric and service. Each further dimension would be another $0.30 a month and value; they stay in the log.
      dimension_rollup_option: "NoDimensionRollup",
      metric_declarations: [{ dimensions: [["service.name"]], metric_name_selectors: [".*"] }],
    },
  };
  const prometheus = {
    prometheusremotewrite: {
      endpoint: remoteWriteUrl,
      auth: { authenticator: "sigv4auth" },
      resource_to_telemetry_conversion: { enabled: true },
    },
  };
  const metrics = remoteWriteUrl === undefined ? cloudwatch : prometheus;
  const signing = remoteWriteUrl === undefined ? {} : { sigv4auth: { region, service: "aps" } };
  const extensions = { health_check: { endpoint: "127.0.0.1:13133" }, ...signing };
  const processors = ["memory_limiter", "resourcedetection", "batch"];
  return {
    extensions,
    receivers: { otlp: { protocols: { grpc: { endpoint: OTLP.grpc }, http: { endpoint: OTLP.http } } } },
    processors: {
      // MiB, for a container of 128: it refuses before it is killed.
      memory_limiter: { check_interval: "1s", limit_mib: 100, spike_limit_mib: 20 },
      resourcedetection: { detectors: ["env", "ecs"], timeout: "2s", override: false },
      batch: { timeout: "5s", send_batch_size: 512 },
    },
    exporters: { awsxray: { region }, ...metrics },
    service: {
      extensions: Object.keys(extensions).sort(),
      pipelines: {
        traces: { receivers: ["otlp"], processors, exporters: ["awsxray"] },
        metrics: { receivers: ["otlp"], processors, exporters: Object.keys(metrics) },
      },
    },
  };
}

/** What the role of a task needs so that its collector may send. */
export function collectorStatements(
  { account, region }: Place,
  { metricsLogGroup, prometheusArn }: { metricsLogGroup: string; prometheusArn?: string },
): Statement[] {
  const logGroup = `arn:aws:logs:${region}:${account}:log-group:${metricsLogGroup}`;
  const metrics: Statement =
    prometheusArn === undefined
      ? {
          Sid: "WriteMetrics",
          Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          Resource: [logGroup, `${logGroup}:log-stream:*`],
        }
      : { Sid: "WriteMetrics", Action: "aps:RemoteWrite", Resource: prometheusArn };
  return [
    // X-Ray knows no resources for what is sent (IAM reference for X-Ray, 2026-09).
    { Sid: "WriteTraces", Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], Resource: "*" },
    metrics,
  ];
}
