/** One rule of a Role: verbs on resources of API groups; the core group is "". */
export interface AccessRule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

const READ = ["get", "list", "watch"];
const WRITE = ["create", "delete", "patch", "update"];
const ALL = [...READ, ...WRITE];

/**
 * What a team may do in its own namespace: everything that workloads are made of, and look at what they do.
 *
 * Not here, so that it stays the platform's: the namespace itself, quotas and limits, network policies, roles and their bindings
 * (who may write one could bind more), pods by hand, shells and tunnels into pods, Ingress (the edge is the one way in),
 * DaemonSets (they cost something on every node). A token of a service account of its own a team can have, by a pod or a Secret that
 * carries it: no more than the account may do, to which the team can bind nothing. A target group may be bound only if it is the team's own:
 * see `TargetGroupGuard`.
 */
export const tenantRules: readonly AccessRule[] = [
  { apiGroups: ["apps"], resources: ["deployments", "statefulsets"], verbs: ALL },
  { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: ALL },
  { apiGroups: ["batch"], resources: ["cronjobs", "jobs"], verbs: ALL },
  { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: ALL },
  { apiGroups: ["eks.amazonaws.com"], resources: ["targetgroupbindings"], verbs: ALL },
  {
    apiGroups: [""],
    resources: ["configmaps", "persistentvolumeclaims", "secrets", "serviceaccounts", "services"],
    verbs: ALL,
  },
  // Deleting a pod restarts it.
  { apiGroups: [""], resources: ["pods"], verbs: [...READ, "delete"] },
  { apiGroups: ["apps"], resources: ["replicasets"], verbs: READ },
  { apiGroups: ["", "events.k8s.io"], resources: ["events"], verbs: READ },
  { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: READ },
  { apiGroups: ["metrics.k8s.io"], resources: ["pods"], verbs: READ },
  { apiGroups: [""], resources: ["limitranges", "pods/log", "resourcequotas"], verbs: READ },
  { apiGroups: ["networking.k8s.io"], resources: ["networkpolicies"], verbs: READ },
];

/**
 * What CI's read-only role may see besides what EKS's view policy lets it: what belongs to no namespace, and who may do what.
 * Nothing of it is secret.
 */
export const previewRules: readonly AccessRule[] = [
  { apiGroups: [""], resources: ["namespaces", "nodes", "persistentvolumes"], verbs: READ },
  {
    apiGroups: ["admissionregistration.k8s.io"],
    resources: ["validatingadmissionpolicies", "validatingadmissionpolicybindings"],
    verbs: READ,
  },
  { apiGroups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs: READ },
  { apiGroups: ["eks.amazonaws.com"], resources: ["ingressclassparams", "nodeclasses", "targetgroupbindings"], verbs: READ },
  { apiGroups: ["karpenter.sh"], resources: ["nodeclaims", "nodepools"], verbs: READ },
  {
    apiGroups: ["rbac.authorization.k8s.io"],
    resources: ["clusterrolebindings", "clusterroles", "rolebindings", "roles"],
    verbs: READ,
  },
  { apiGroups: ["scheduling.k8s.io"], resources: ["priorityclasses"], verbs: READ },
  { apiGroups: ["storage.k8s.io"], resources: ["storageclasses"], verbs: READ },
];

/** Whether rules let someone do something, as Kubernetes decides it: any rule that names verb, group and resource does. */
export function permits(rules: readonly AccessRule[], verb: string, resource: string, apiGroup = ""): boolean {
  const names = (list: string[], name: string) => list.includes("*") || list.includes(name);
  return rules.some((rule) => names(rule.verbs, verb) && names(rule.resources, resource) && names(rule.apiGroups, apiGroup));
}
