/** Paths whose change makes a new object, by API version and kind. */
export const REPLACED_ON: Readonly<Record<string, readonly string[]>> = {
  "apps/v1:DaemonSet": ["spec.selector"],
  "apps/v1:Deployment": ["spec.selector"],
  "apps/v1:StatefulSet": [
    "spec.podManagementPolicy",
    "spec.revisionHistoryLimit",
    "spec.selector",
    "spec.serviceName",
    "spec.volumeClaimTemplates",
  ],
  "batch/v1:Job": ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"],
  "rbac.authorization.k8s.io/v1:ClusterRoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/v1:RoleBinding": ["roleRef"],
  "storage.k8s.io/v1:StorageClass": ["parameters", "provisioner"],
  "v1:ConfigMap": ["binaryData", "data"],
  "v1:PersistentVolumeClaim": ["spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName"],
  "v1:Pod": [
    "spec.affinity",
    "spec.automountServiceAccountToken",
    "spec.containers",
    "spec.dnsConfig",
    "spec.dnsPolicy",
    "spec.enableServiceLinks",
    "spec.hostAliases",
    "spec.hostIPC",
    "spec.hostNetwork",
    "spec.hostPID",
    "spec.hostname",
    "spec.imagePullSecrets",
    "spec.initContainers",
    "spec.nodeName",
    "spec.nodeSelector",
    "spec.overhead",
    "spec.preemptionPolicy",
    "spec.priority",
    "spec.priorityClassName",
    "spec.readinessGates",
    "spec.restartPolicy",
    "spec.runtimeClassName",
    "spec.schedulerName",
    "spec.securityContext",
    "spec.serviceAccountName",
    "spec.shareProcessNamespace",
    "spec.subdomain",
    "spec.terminationGracePeriodSeconds",
    "spec.volumes",
  ],
  "v1:ResourceQuota": ["spec.scopes"],
  "v1:Secret": ["data", "stringData", "type"],
  "v1:Service": ["spec.clusterIP"],
};

/** Of every kind. */
export const ALWAYS_REPLACED_ON: readonly string[] = ["kind", "metadata.name", "metadata.namespace"];

/**
 * Where this comes from. The list is the provider's own: what is not in it is tried in place, and the API server may refuse that
 * (a custom kind's immutable field, say; use `replaceOnChanges` there).
 */
export const REPLACEMENT_SOURCE = "pulumi-kubernetes, provider/pkg/provider/diff.go";

/**
 * Paths that the provider tries to change in place and the API server refuses, by API version and kind. The program must ask for a
 * new object, with `replaceOnChanges`.
 *
 * Sources: Kubernetes' validation (pkg/apis/batch, networking, scheduling, storage and core); of a TargetGroupBinding the webhook of
 * aws-load-balancer-controller, which Auto Mode is taken to have kept.
 */
export const REFUSED_IN_PLACE: Readonly<Record<string, readonly string[]>> = {
  "batch/v1:Job": ["spec.completionMode"],
  "eks.amazonaws.com/v1:TargetGroupBinding": ["spec.targetGroupARN", "spec.targetType"],
  "networking.k8s.io/v1:IngressClass": ["spec.controller"],
  "scheduling.k8s.io/v1:PriorityClass": ["preemptionPolicy", "value"],
  "storage.k8s.io/v1:StorageClass": ["reclaimPolicy", "volumeBindingMode"],
  "v1:PersistentVolumeClaim": ["spec.dataSource", "spec.volumeMode"],
};

export const REFUSAL_SOURCE = "the API server refuses this change in place: ask for a new object with replaceOnChanges";
