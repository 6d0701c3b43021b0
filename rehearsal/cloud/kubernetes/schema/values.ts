const CORE = "io.k8s.api.core.v1";
const APPS = "io.k8s.api.apps.v1";
const BATCH = "io.k8s.api.batch.v1";
const NETWORKING = "io.k8s.api.networking.v1";
const AUTOSCALING = "io.k8s.api.autoscaling.v2";
const PULL = ["Always", "IfNotPresent", "Never"];
const PROTOCOLS = ["TCP", "UDP", "SCTP"];
const LOG_POLICIES = ["File", "FallbackToLogsOnError"];

/**
 * Texts that may only be one of a few, by definition and property. Source: Kubernetes API reference, 1.36; the published OpenAPI
 * document names them in its descriptions only.
 */
export const LISTED_VALUES: Readonly<Record<string, readonly string[]>> = {
  [`${APPS}.DeploymentStrategy.type`]: ["Recreate", "RollingUpdate"],
  [`${APPS}.DaemonSetUpdateStrategy.type`]: ["OnDelete", "RollingUpdate"],
  [`${APPS}.StatefulSetUpdateStrategy.type`]: ["OnDelete", "RollingUpdate"],
  [`${APPS}.StatefulSetSpec.podManagementPolicy`]: ["OrderedReady", "Parallel"],
  [`${BATCH}.CronJobSpec.concurrencyPolicy`]: ["Allow", "Forbid", "Replace"],
  [`${BATCH}.JobSpec.completionMode`]: ["NonIndexed", "Indexed"],
  [`${AUTOSCALING}.MetricSpec.type`]: ["ContainerResource", "External", "Object", "Pods", "Resource"],
  [`${AUTOSCALING}.MetricTarget.type`]: ["AverageValue", "Utilization", "Value"],
  [`${AUTOSCALING}.HPAScalingPolicy.type`]: ["Pods", "Percent"],
  [`${AUTOSCALING}.HPAScalingRules.selectPolicy`]: ["Max", "Min", "Disabled"],
  [`${CORE}.Container.imagePullPolicy`]: PULL,
  [`${CORE}.Container.terminationMessagePolicy`]: LOG_POLICIES,
  [`${CORE}.ContainerPort.protocol`]: PROTOCOLS,
  [`${CORE}.HTTPGetAction.scheme`]: ["HTTP", "HTTPS"],
  [`${CORE}.LimitRangeItem.type`]: ["Container", "PersistentVolumeClaim", "Pod"],
  [`${CORE}.PodSpec.dnsPolicy`]: ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"],
  [`${CORE}.PodSpec.preemptionPolicy`]: ["Never", "PreemptLowerPriority"],
  [`${CORE}.PodSpec.restartPolicy`]: ["Always", "Never", "OnFailure"],
  [`${CORE}.ScopedResourceSelectorRequirement.operator`]: ["DoesNotExist", "Exists", "In", "NotIn"],
  [`${CORE}.ScopedResourceSelectorRequirement.scopeName`]: [
    "BestEffort",
    "CrossNamespacePodAffinity",
    "NotBestEffort",
    "NotTerminating",
    "PriorityClass",
    "Terminating",
    "VolumeAttributesClass",
  ],
  [`${CORE}.SeccompProfile.type`]: ["Localhost", "RuntimeDefault", "Unconfined"],
  [`${CORE}.ServicePort.protocol`]: PROTOCOLS,
  [`${CORE}.ServiceSpec.externalTrafficPolicy`]: ["Cluster", "Local"],
  [`${CORE}.ServiceSpec.internalTrafficPolicy`]: ["Cluster", "Local"],
  [`${CORE}.ServiceSpec.sessionAffinity`]: ["ClientIP", "None"],
  [`${CORE}.ServiceSpec.type`]: ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"],
  [`${CORE}.Toleration.effect`]: ["", "NoExecute", "NoSchedule", "PreferNoSchedule"],
  [`${CORE}.TopologySpreadConstraint.whenUnsatisfiable`]: ["DoNotSchedule", "ScheduleAnyway"],
  [`${NETWORKING}.HTTPIngressPath.pathType`]: ["Exact", "ImplementationSpecific", "Prefix"],
  [`${NETWORKING}.NetworkPolicyPort.protocol`]: PROTOCOLS,
  [`${NETWORKING}.NetworkPolicySpec.policyTypes`]: ["Egress", "Ingress"],
  "io.k8s.api.policy.v1.PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy": ["AlwaysAllow", "IfHealthyBudget"],
  "io.k8s.api.rbac.v1.RoleRef.kind": ["ClusterRole", "Role"],
  "io.k8s.api.rbac.v1.Subject.kind": ["Group", "ServiceAccount", "User"],
  "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement.operator": ["DoesNotExist", "Exists", "In", "NotIn"],
};
