import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import { describe, expect, test } from "vitest";
import { platformSections } from "./platform-sections.ts";
import { dashboardBody, searchExpression } from "./widgets.ts";

const everything = platformSections({ runtimes: ["ecs", "kubernetes"], cluster: "acme-dev" });

/** Namespaces that AWS's specification leaves out, with what we show of them and where it is documented. */
const DOCUMENTED_ELSEWHERE: Record<string, string[]> = {
  // Amazon CloudWatch user guide, "Amazon ECS Container Insights metrics", 2026-09.
  "ECS/ContainerInsights": ["RunningTaskCount", "DesiredTaskCount", "DeploymentCount"],
  // The same, "Container Insights metrics for Amazon EKS", 2026-09.
  ContainerInsights: ["cluster_node_count", "cluster_failed_node_count"],
  // AWS WAF developer guide, "Core metrics and dimensions", 2026-09.
  "AWS/WAFV2": ["BlockedRequests"],
};

test("every metric on the platform's dashboard is one that AWS publishes", () => {
  const published = new Set([...loadAwsServiceSpecSync().all("metric")].map(({ namespace, name }) => `${namespace} ${name}`));
  const shown = everything.flatMap(({ graphs }) => graphs.flatMap(({ searches }) => searches));
  expect(shown.length).toBeGreaterThan(20);
  const unknown = shown.filter(
    ({ namespace, metric }) => !published.has(`${namespace} ${metric}`) && !DOCUMENTED_ELSEWHERE[namespace]?.includes(metric),
  );
  expect(unknown).toEqual([]);
});

describe("a dashboard", () => {
  const { widgets } = dashboardBody(everything, "eu-west-1");

  test("fills its 24 columns in every row, and no two widgets overlap", () => {
    const rows = Map.groupBy(widgets, ({ y }) => y);
    for (const row of rows.values()) {
      const edges = row.map(({ x, width }) => [x, x + width]);
      expect(edges.map(([from]) => from)).toEqual([0, ...edges.slice(0, -1).map(([, to]) => to)]);
      expect(edges.at(-1)?.[1]).toBe(24);
    }
    const heights = [...rows].map(([y, row]) => [y, y + Math.max(...row.map(({ height }) => height))]);
    expect(heights.map(([from]) => from)).toEqual([0, ...heights.slice(0, -1).map(([, to]) => to)]);
  });

  test("shows Route 53's health checks from us-east-1, and all else from its own region", () => {
    const regions = widgets.flatMap(({ properties }) => ("region" in properties ? [[properties.title, properties.region]] : []));
    expect(regions.filter(([, region]) => region !== "eu-west-1")).toEqual([["Reachable from outside", "us-east-1"]]);
  });

  test("shows a runtime only where there is one", () => {
    const headings = (runtimes: ("ecs" | "kubernetes")[]) =>
      platformSections({ runtimes, cluster: "acme-dev" }).map(({ heading }) => heading);
    expect(headings(["ecs"])).not.toContain("Kubernetes");
    expect(headings(["kubernetes"])).not.toContain("ECS");
    expect(headings(["ecs", "kubernetes"])).toEqual(expect.arrayContaining(["ECS", "Kubernetes"]));
  });
});

test("a search names the namespace, all dimensions and the values that some must have", () => {
  const search = {
    namespace: "AWS/ECS",
    metric: "CPUUtilization",
    dimensions: ["ClusterName", "ServiceName"],
    where: { ClusterName: "acme-dev" },
    stat: "Average",
    label: "",
  };
  expect(searchExpression(search)).toBe(
    `SEARCH('{AWS/ECS,ClusterName,ServiceName} ClusterName="acme-dev" MetricName="CPUUtilization"', 'Average', 60)`,
  );
});
