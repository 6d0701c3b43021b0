import { describe, expect, test } from "vitest";
import { sortedJson } from "../../documents/json.ts";
import { collectorConfig, collectorStatements } from "./collector-config.ts";

const place = { account: "222222222222", region: "ap-southeast-2" };
const cloudwatch = { region: place.region, namespace: "acme/dev", metricsLogGroup: "/acme/dev/metrics" };
const remoteWriteUrl = `https://aps-workspaces.ap-southeast-2.amazonaws.com/workspaces/ws-${"0".repeat(36)}/api/v1/remote_write`;
const destinations = { CloudWatch: cloudwatch, Prometheus: { ...cloudwatch, remoteWriteUrl } };

describe.each(Object.entries(destinations))("a collector with metrics to %s", (_, to) => {
  const config = collectorConfig(to);

  test("uses in its pipelines what it declares, and declares nothing that it does not use", () => {
    const pipelines = Object.values(config.service.pipelines);
    const used = (kind: "receivers" | "processors" | "exporters") =>
      [...new Set(pipelines.flatMap((pipeline) => pipeline[kind] as string[]))].sort();
    for (const kind of ["receivers", "processors", "exporters"] as const)
      expect(used(kind)).toEqual(Object.keys(config[kind]).sort());
    expect(config.service.extensions).toEqual(Object.keys(config.extensions).sort());
  });

  test("limits its memory before anything else", () => {
    for (const { processors } of Object.values(config.service.pipelines)) expect(processors[0]).toBe("memory_limiter");
  });

  test("listens to its own task only", () => {
    const { grpc, http } = config.receivers.otlp.protocols;
    const endpoints = [grpc.endpoint, http.endpoint, config.extensions.health_check.endpoint];
    expect(endpoints.filter((endpoint) => !endpoint.startsWith("127.0.0.1:"))).toEqual([]);
  });

  test("fits a standard parameter of SSM, which is free: 4 KiB", () => {
    expect(Buffer.byteLength(sortedJson(config))).toBeLessThan(4096);
  });
});

test("metrics go to the workspace where there is one, signed, and not to CloudWatch too", () => {
  const { exporters, service } = collectorConfig(destinations.Prometheus);
  expect(exporters).not.toHaveProperty("awsemf");
  expect(exporters).toMatchObject({ prometheusremotewrite: { endpoint: remoteWriteUrl, auth: { authenticator: "sigv4auth" } } });
  expect(service.extensions).toContain("sigv4auth");
});

describe("a task with a collector", () => {
  const metricsLogGroup = "/acme/dev/metrics";

  test("may write metrics to the environment's log group, and besides send traces", () => {
    const group = "arn:aws:logs:ap-southeast-2:222222222222:log-group:/acme/dev/metrics";
    const statements = collectorStatements(place, { metricsLogGroup });
    expect(statements.filter(({ Resource }) => Resource === "*").map(({ Action }) => Action)).toEqual([
      ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
    ]);
    expect(statements.find(({ Sid }) => Sid === "WriteMetrics")?.Resource).toEqual([group, `${group}:log-stream:*`]);
  });

  test("may write to the workspace instead where there is one, and not read it", () => {
    const prometheusArn = "arn:aws:aps:ap-southeast-2:222222222222:workspace/ws-1";
    const metrics = collectorStatements(place, { metricsLogGroup, prometheusArn }).find(({ Sid }) => Sid === "WriteMetrics");
    expect(metrics).toEqual({ Sid: "WriteMetrics", Action: "aps:RemoteWrite", Resource: prometheusArn });
  });
});
