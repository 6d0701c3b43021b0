import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import { describe, expect, test } from "vitest";
import { dimensionSets, fits, metricsOf, nearest } from "./metrics.ts";
import written from "./metrics.json" with { type: "json" };

const namespaces: Record<string, Record<string, string[][]>> = written.namespaces;

test("the list holds every metric of the installed specification: else write it anew, see write.ts", () => {
  const spec = loadAwsServiceSpecSync();
  const wanted = new Set(spec.all("metric").map(({ namespace, name }) => `${namespace} ${name}`));
  const listed = Object.entries(namespaces).flatMap(([namespace, metrics]) =>
    Object.keys(metrics).map((name) => `${namespace} ${name}`),
  );
  expect(listed.toSorted()).toEqual([...wanted].toSorted());
});

describe("a metric", () => {
  test.each([
    ["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", { LoadBalancer: "app/x/1", TargetGroup: "targetgroup/x/1" }, true],
    ["AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", { TargetGroup: "targetgroup/x/1" }, false],
    ["AWS/ApplicationELB", "RequestCount", { LoadBalancer: "app/x/1", AvailabilityZone: "eu-west-1a" }, true],
    ["AWS/ECS", "CPUUtilization", { ClusterName: "a", ServiceName: "b" }, true],
    ["AWS/ECS", "CPUUtilization", {}, false],
    ["ECS/ContainerInsights", "RunningTaskCount", { ClusterName: "a", ServiceName: "b" }, true],
    ["ContainerInsights", "pod_number_of_container_restarts", { ClusterName: "a", Namespace: "b", PodName: "c" }, true],
    ["AWS/DynamoDB", "SuccessfulRequestLatency", { TableName: "a", Operation: "Query" }, true],
    ["AWS/DynamoDB", "SuccessfulRequestLatency", { TableName: "a", Operation: "Guess" }, false],
    ["AWS/DynamoDB", "ConsumedReadCapacityUnits", { TableName: "a", GlobalSecondaryIndexName: "by-owner" }, true],
  ])("%s %s by %j exists: %s", (namespace, metric, dimensions, exists) => {
    expect(dimensionSets(namespace, metric)?.some((set) => fits(set, dimensions as Record<string, string>))).toBe(exists);
  });

  test("that is mistyped is not found, and what it should have been comes first", () => {
    expect(dimensionSets("AWS/ECS", "CPUUtilisation")).toBeUndefined();
    expect(nearest("CPUUtilisation", metricsOf("AWS/ECS")!)[0]).toBe("CPUUtilization");
  });

  test("of a namespace that AWS does not have is nobody's", () => {
    expect(metricsOf("acme/shop")).toBeUndefined();
  });
});
