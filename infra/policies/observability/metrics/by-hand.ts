/** Metrics by namespace, with the sets of dimensions that each is published with. A dimension may have one value: `NAME=VALUE`. */
export type Metrics = Record<string, Record<string, string[][]>>;

const OF_TASKS = [["ClusterName"], ["ClusterName", "ServiceName"], ["ClusterName", "TaskDefinitionFamily"]];
const OF_PODS = [
  ["ClusterName"],
  ["ClusterName", "Namespace"],
  ["ClusterName", "Namespace", "Service"],
  ["ClusterName", "Namespace", "PodName"],
];
const OF_NODES = [["ClusterName"], ["ClusterName", "InstanceId", "NodeName"]];
const OF_WAF = [["Region", "Rule", "WebACL"]];

/** What AWS's own list lacks. */
export const BY_HAND: Metrics = {
  // Amazon CloudWatch user guide, "Amazon ECS Container Insights metrics", 2026-09
  "ECS/ContainerInsights": {
    ...same(
      ["RunningTaskCount", "PendingTaskCount", "DesiredTaskCount", "DeploymentCount", "TaskSetCount"],
      [["ClusterName", "ServiceName"]],
    ),
    ...same(["TaskCount", "ServiceCount", "ContainerInstanceCount"], [["ClusterName"]]),
    ...same(
      [
        "CpuUtilized",
        "CpuReserved",
        "MemoryUtilized",
        "MemoryReserved",
        "NetworkRxBytes",
        "NetworkTxBytes",
        "StorageReadBytes",
        "StorageWriteBytes",
        "EphemeralStorageReserved",
        "EphemeralStorageUtilized",
      ],
      OF_TASKS,
    ),
    // Only with containerInsights "enhanced".
    ...same(["RestartCount"], OF_TASKS),
  },
  // Amazon CloudWatch user guide, "Amazon EKS and Kubernetes Container Insights metrics", 2026-09
  ContainerInsights: {
    ...same(["cluster_failed_node_count", "cluster_node_count"], [["ClusterName"]]),
    ...same(["namespace_number_of_running_pods"], [["ClusterName"], ["ClusterName", "Namespace"]]),
    ...same(["service_number_of_running_pods"], [["ClusterName"], ["ClusterName", "Namespace", "Service"]]),
    ...same(["pod_number_of_container_restarts"], OF_PODS),
    ...same(
      [
        "pod_cpu_utilization",
        "pod_cpu_utilization_over_pod_limit",
        "pod_memory_utilization",
        "pod_memory_utilization_over_pod_limit",
        "pod_network_rx_bytes",
        "pod_network_tx_bytes",
      ],
      OF_PODS,
    ),
    ...same(
      ["node_cpu_utilization", "node_memory_utilization", "node_filesystem_utilization", "node_number_of_running_pods"],
      OF_NODES,
    ),
  },
  // AWS WAF developer guide, "Monitoring with Amazon CloudWatch", 2026-09. `Rule` is ALL for the whole web ACL.
  "AWS/WAFV2": same(["AllowedRequests", "BlockedRequests", "CountedRequests", "PassedRequests"], OF_WAF),
  // ACM user guide, "Supported CloudWatch metrics", 2026-09
  "AWS/CertificateManager": same(["DaysToExpiry"], [["CertificateArn"]]),
  // AWS Billing user guide, "Monitoring estimated charges", 2026-09. In us-east-1 only.
  "AWS/Billing": same(["EstimatedCharges"], [["Currency"], ["Currency", "LinkedAccount"], ["Currency", "ServiceName"]]),
  // Elastic Load Balancing, "CloudWatch metrics for your Application Load Balancer", 2026-09: requests also by zone.
  "AWS/ApplicationELB": same(
    ["RequestCount"],
    [
      ["AvailabilityZone", "LoadBalancer"],
      ["AvailabilityZone", "LoadBalancer", "TargetGroup"],
    ],
  ),
  // Amazon SQS developer guide, "Available CloudWatch metrics", 2026-09: fair queues, and messages in a dead-letter queue like any.
  "AWS/SQS": same(["ApproximateNumberOfGroupsWithInflightMessages"], [["QueueName"]]),
};

function same(names: string[], sets: string[][]): Record<string, string[][]> {
  return Object.fromEntries(names.map((name) => [name, sets]));
}
