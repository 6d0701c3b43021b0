import type { Search, Section } from "./widgets.ts";

/** What a platform's dashboard depends on. */
export interface DashboardScope {
  runtimes: ("ecs" | "kubernetes")[];
  /** Name of the ECS cluster. */
  cluster: string;
}

const alb = (metric: string, stat: string, label: string, ...more: string[]): Search => ({
  namespace: "AWS/ApplicationELB",
  metric,
  dimensions: ["LoadBalancer", ...more],
  stat,
  label,
});

/** The state of an environment from outside to inside: what users meet first, what it stands on last. */
export function platformSections(scope: DashboardScope): Section[] {
  return [
    edge(),
    services(),
    ...(scope.runtimes.includes("ecs") ? [ecs(scope.cluster)] : []),
    ...(scope.runtimes.includes("kubernetes") ? [kubernetes()] : []),
    foundations(),
  ];
}

function edge(): Section {
  return {
    heading: "Edge",
    graphs: [
      { title: "Requests a minute", unit: "requests", searches: [alb("RequestCount", "Sum", "")] },
      {
        title: "Errors a minute",
        unit: "responses",
        stacked: true,
        searches: [
          alb("HTTPCode_Target_5XX_Count", "Sum", "5xx of services"),
          alb("HTTPCode_ELB_5XX_Count", "Sum", "5xx of the load balancer"),
        ],
      },
      {
        title: "Response time",
        unit: "seconds",
        searches: ["p50", "p95", "p99"].map((stat) => alb("TargetResponseTime", stat, stat)),
      },
      {
        title: "Reachable from outside",
        unit: "1 is yes",
        region: "us-east-1", // where Route 53 reports, wherever the edge is
        searches: [
          {
            namespace: "AWS/Route53",
            metric: "HealthCheckStatus",
            dimensions: ["HealthCheckId"],
            stat: "Minimum",
            label: "",
          },
        ],
      },
    ],
  };
}

function services(): Section {
  return {
    heading: "Services, on both runtimes",
    graphs: [
      { title: "Requests a minute", unit: "requests", searches: [alb("RequestCount", "Sum", "", "TargetGroup")] },
      { title: "5xx a minute", unit: "responses", searches: [alb("HTTPCode_Target_5XX_Count", "Sum", "", "TargetGroup")] },
      { title: "Response time, p99", unit: "seconds", searches: [alb("TargetResponseTime", "p99", "", "TargetGroup")] },
      { title: "Healthy targets", unit: "targets", searches: [alb("HealthyHostCount", "Minimum", "", "TargetGroup")] },
    ],
  };
}

function ecs(cluster: string): Section {
  const ofService = (namespace: string, metric: string, stat: string, label = ""): Search => ({
    namespace,
    metric,
    dimensions: ["ClusterName", "ServiceName"],
    where: { ClusterName: cluster },
    stat,
    label,
  });
  return {
    heading: "ECS",
    graphs: [
      { title: "CPU by service", unit: "percent", searches: [ofService("AWS/ECS", "CPUUtilization", "Average")] },
      { title: "Memory by service", unit: "percent", searches: [ofService("AWS/ECS", "MemoryUtilization", "Average")] },
      {
        title: "Tasks, running and wanted",
        unit: "tasks",
        searches: [
          ofService("ECS/ContainerInsights", "RunningTaskCount", "Minimum", "running"),
          ofService("ECS/ContainerInsights", "DesiredTaskCount", "Maximum", "wanted"),
        ],
      },
      {
        title: "Deployments in progress",
        unit: "deployments, 1 at rest",
        searches: [ofService("ECS/ContainerInsights", "DeploymentCount", "Maximum")],
      },
    ],
  };
}

function kubernetes(): Section {
  const ofCluster = (metric: string, stat: string, label: string, namespace = "AWS/EKS"): Search => ({
    namespace,
    metric,
    dimensions: ["ClusterName"],
    stat,
    label,
  });
  return {
    heading: "Kubernetes",
    graphs: [
      {
        title: "Pods that wait for a node",
        unit: "pods",
        searches: [
          ofCluster("scheduler_pending_pods", "Maximum", "waiting"),
          ofCluster("scheduler_pending_pods_UNSCHEDULABLE", "Maximum", "can't be placed"),
        ],
      },
      {
        title: "Errors of the API",
        unit: "responses a minute",
        searches: [
          ofCluster("apiserver_request_total_5XX", "Sum", "5xx"),
          ofCluster("apiserver_request_total_429", "Sum", "429: too many requests"),
        ],
      },
      {
        title: "Response time of the API, p99",
        unit: "seconds",
        searches: [
          ofCluster("apiserver_request_duration_seconds_GET_P99", "Maximum", "GET"),
          ofCluster("apiserver_request_duration_seconds_POST_P99", "Maximum", "POST"),
        ],
      },
      {
        title: "Nodes",
        unit: "nodes",
        searches: [
          ofCluster("cluster_node_count", "Maximum", "all", "ContainerInsights"),
          ofCluster("cluster_failed_node_count", "Maximum", "failed", "ContainerInsights"),
        ],
      },
    ],
  };
}

function foundations(): Section {
  return {
    heading: "What it stands on",
    graphs: [
      {
        title: "NAT gateways: connections refused, packets dropped",
        unit: "a minute",
        searches: ["ErrorPortAllocation", "PacketsDropCount"].map((metric) => ({
          namespace: "AWS/NATGateway",
          metric,
          dimensions: ["NatGatewayId"],
          stat: "Sum",
          label: metric,
        })),
      },
      {
        title: "Firewall: requests blocked",
        unit: "requests a minute",
        searches: [
          {
            namespace: "AWS/WAFV2",
            metric: "BlockedRequests",
            dimensions: ["Region", "Rule", "WebACL"],
            stat: "Sum",
            label: "",
          },
        ],
      },
      {
        title: "Notifications not delivered",
        unit: "messages a minute",
        searches: [
          {
            namespace: "AWS/SNS",
            metric: "NumberOfNotificationsFailed",
            dimensions: ["TopicName"],
            stat: "Sum",
            label: "",
          },
        ],
      },
      {
        title: "Event rules: deliveries failed",
        unit: "events a minute",
        searches: [{ namespace: "AWS/Events", metric: "FailedInvocations", dimensions: ["RuleName"], stat: "Sum", label: "" }],
      },
    ],
  };
}
