export { type StackOutputs, stackOutputs } from "./outputs/stack-outputs.ts";
export { checkPlace } from "./place/check-place.ts";
export { Certificate, type CertificateArgs } from "./dns/certificate.ts";
export { type Delegation, HostedZone, type HostedZoneArgs } from "./dns/hosted-zone.ts";
export { ImageRepository, type ImageRepositoryArgs } from "./registry/image-repository.ts";
export type { ImageAccess } from "./registry/image-access.ts";
export type { RecordAccess } from "./registry/record-access.ts";
export { RecordTable, type RecordTableArgs } from "./registry/record-table.ts";
export { AliasNames, type AliasNamesArgs } from "./edge/alias-names.ts";
export { Network, type NetworkArgs } from "./network/network.ts";
export { interfaceServices } from "./network/endpoint-services.ts";
export { type SubnetLayout, subnetLayout } from "./network/subnet-layout.ts";
export { LoadBalancer, type LoadBalancerArgs } from "./edge/load-balancer.ts";
export { LogBucket, type LogBucketArgs } from "./edge/log-bucket.ts";
export { OutsideProbe, type OutsideProbeArgs } from "./edge/outside-probe.ts";
export { WebAcl, type WebAclArgs } from "./edge/web-acl.ts";
export { Cluster, type ClusterArgs } from "./cluster/cluster.ts";
export { KubernetesCluster, type KubernetesClusterArgs } from "./kubernetes/kubernetes-cluster.ts";
export { type ClusterAccess, clusterAccess, PREVIEW_GROUP, teamGroup } from "./kubernetes/access.ts";
export { type ClusterAddress, kubeconfig } from "./kubernetes/kubeconfig.ts";
export { ClusterDefaults, type ClusterDefaultsArgs } from "./kubernetes-addons/cluster-defaults.ts";
export { ClusterTelemetry, type ClusterTelemetryArgs } from "./kubernetes-addons/cluster-telemetry.ts";
export { doors, type NetworkRanges } from "./kubernetes-addons/doors.ts";
export { TargetGroupGuard, type TargetGroupGuardArgs } from "./kubernetes-addons/target-group-guard.ts";
export { TeamNamespace, type TeamNamespaceArgs, teamNamespace, type TeamQuota } from "./kubernetes-addons/team-namespace.ts";
export { FargateService } from "./fargate-service/fargate-service.ts";
export type { Entrance, FargateServiceArgs } from "./fargate-service/args.ts";
export { type PinnedImage, pinnedImage } from "./fargate-service/image.ts";
export { listenerPriority } from "./fargate-service/priority.ts";
export {
  type Alerting,
  alertingBy,
  type Notice,
  notifying,
  teamAlerting,
  type TeamTopics,
} from "./observability/alerting/alerting.ts";
export { AlertRoutes, type AlertRoutesArgs } from "./observability/alerting/alert-routes.ts";
export { ChatChannel, type ChatChannelArgs } from "./observability/alerting/chat-channel.ts";
export { AlarmBus, type AlarmBusArgs } from "./observability/events/alarm-bus.ts";
export { PlatformDashboard, type PlatformDashboardArgs } from "./observability/dashboard/platform-dashboard.ts";
export { Collector, type CollectorArgs, metricsLogGroup } from "./observability/telemetry/collector.ts";
export { collectorStatements } from "./observability/telemetry/collector-config.ts";
export { PrometheusWorkspace, type PrometheusWorkspaceArgs } from "./observability/telemetry/prometheus-workspace.ts";
export { AccountGuards, type AccountGuardsArgs } from "./identity/account-guards.ts";
export { CiRoles, type CiRolesArgs } from "./identity/ci-roles.ts";
export { CostWatch, type CostWatchArgs } from "./identity/cost-watch.ts";
export { DataKey, type DataKeyArgs } from "./identity/data-key.ts";
export { GitHubProvider, type GitHubProviderArgs } from "./identity/github-provider.ts";
export { PermissionsBoundary, type PermissionsBoundaryArgs } from "./identity/permissions-boundary.ts";
