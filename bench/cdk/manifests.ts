import { type Environment, PLATFORM, type Team } from "./environments.ts";

export type Manifest = Record<string, unknown>;

const READ = ["get", "list", "watch"];
const WRITE = [...READ, "create", "delete", "patch", "update"];
const RBAC = "rbac.authorization.k8s.io";

/** What every team of a cluster finds there, by the name of its construct. */
export function clusterManifests(keyArn: string): Record<string, Manifest> {
  const group = `${PLATFORM}-preview`;
  const services = { catalog: "team-shopping" };
  return {
    "network-policies": {
      ...object("v1", "ConfigMap", "amazon-vpc-cni", "kube-system"),
      data: { "enable-network-policy-controller": "true" },
    },
    storage: {
      ...object("storage.k8s.io/v1", "StorageClass", `${PLATFORM}-gp3`),
      provisioner: "ebs.csi.eks.amazonaws.com",
      parameters: { encrypted: "true", kmsKeyId: keyArn, type: "gp3" },
      reclaimPolicy: "Delete",
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
    },
    "priority-service": {
      ...object("scheduling.k8s.io/v1", "PriorityClass", `${PLATFORM}-service`),
      description: "Faces users: may push background work off a full node.",
      value: 100_000,
    },
    "priority-background": {
      ...object("scheduling.k8s.io/v1", "PriorityClass", `${PLATFORM}-background`),
      description: "Can wait: pushes nothing off, and is pushed off first.",
      preemptionPolicy: "Never",
      value: 1000,
    },
    "preview-role": {
      ...object(`${RBAC}/v1`, "ClusterRole", group),
      rules: [
        rule("", ["namespaces", "nodes", "persistentvolumes"], READ),
        rule("admissionregistration.k8s.io", ["validatingadmissionpolicies", "validatingadmissionpolicybindings"], READ),
        rule("apiextensions.k8s.io", ["customresourcedefinitions"], READ),
        rule("eks.amazonaws.com", ["ingressclassparams", "nodeclasses", "targetgroupbindings"], READ),
        rule("karpenter.sh", ["nodeclaims", "nodepools"], READ),
        rule(RBAC, ["clusterrolebindings", "clusterroles", "rolebindings", "roles"], READ),
        rule("scheduling.k8s.io", ["priorityclasses"], READ),
        rule("storage.k8s.io", ["storageclasses"], READ),
      ],
    },
    "preview-binding": {
      ...object(`${RBAC}/v1`, "ClusterRoleBinding", group),
      roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: group },
      subjects: [{ apiGroup: RBAC, kind: "Group", name: "fairway-preview" }],
    },
    "target-groups": {
      ...object("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", "own-target-groups"),
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ["eks.amazonaws.com"],
              apiVersions: ["*"],
              operations: ["CREATE", "UPDATE"],
              resources: ["targetgroupbindings"],
            },
          ],
        },
        variables: [
          { name: "namespaces", expression: JSON.stringify(services) },
          { name: "targetGroup", expression: "object.spec.targetGroupARN.split('/')[1]" },
          { name: "services", expression: "variables.namespaces.filter(s, variables.targetGroup.startsWith(s + '-'))" },
        ],
        validations: [
          {
            expression: "variables.services.exists(s, variables.namespaces[s] == object.metadata.namespace)",
            message: "the target group is not one of this team's services.",
            reason: "Forbidden",
          },
        ],
      },
    },
    "target-groups-binding": {
      ...object("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", "own-target-groups"),
      spec: {
        policyName: "own-target-groups",
        validationActions: ["Audit", "Deny"],
        matchResources: { namespaceSelector: { matchExpressions: [{ key: "team", operator: "Exists" }] } },
      },
    },
  };
}

/** A team's namespace and what holds in it. */
export function teamManifests(team: Team, { cidr, publicCidrs }: Environment): Record<string, Manifest> {
  const namespace = `team-${team}`;
  const security = Object.fromEntries(
    ["enforce", "warn"].flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, "restricted"],
      [`pod-security.kubernetes.io/${mode}-version`, "latest"],
    ]),
  );
  return {
    namespace: { ...object("v1", "Namespace", namespace), metadata: { name: namespace, labels: { ...security, team } } },
    quota: {
      ...object("v1", "ResourceQuota", "team", namespace),
      spec: {
        hard: {
          "limits.memory": "80Gi",
          pods: "100",
          "requests.cpu": "20",
          "requests.memory": "40Gi",
          "requests.storage": "200Gi",
          "services.loadbalancers": "0",
          "services.nodeports": "0",
        },
      },
    },
    "system-priority": {
      ...object("v1", "ResourceQuota", "no-system-priority", namespace),
      spec: {
        hard: { pods: "0" },
        scopeSelector: {
          matchExpressions: [
            { operator: "In", scopeName: "PriorityClass", values: ["system-cluster-critical", "system-node-critical"] },
          ],
        },
      },
    },
    limits: {
      ...object("v1", "LimitRange", "team", namespace),
      spec: {
        limits: [
          {
            type: "Container",
            default: { memory: "512Mi" },
            defaultRequest: { cpu: "100m", memory: "256Mi" },
            max: { memory: "16Gi" },
            min: { cpu: "10m", memory: "16Mi" },
          },
          { type: "PersistentVolumeClaim", max: { storage: "100Gi" }, min: { storage: "1Gi" } },
        ],
      },
    },
    role: {
      ...object(`${RBAC}/v1`, "Role", "team", namespace),
      rules: [
        rule("apps", ["deployments", "statefulsets"], WRITE),
        rule("autoscaling", ["horizontalpodautoscalers"], WRITE),
        rule("batch", ["cronjobs", "jobs"], WRITE),
        rule("policy", ["poddisruptionbudgets"], WRITE),
        rule("eks.amazonaws.com", ["targetgroupbindings"], WRITE),
        rule("", ["configmaps", "persistentvolumeclaims", "secrets", "serviceaccounts", "services"], WRITE),
        rule("", ["pods"], [...READ, "delete"]),
        rule("apps", ["replicasets"], READ),
        rule("events.k8s.io", ["events"], READ),
        rule("discovery.k8s.io", ["endpointslices"], READ),
        rule("metrics.k8s.io", ["pods"], READ),
        rule("", ["limitranges", "pods/log", "resourcequotas"], READ),
        rule("networking.k8s.io", ["networkpolicies"], READ),
      ],
    },
    "role-binding": {
      ...object(`${RBAC}/v1`, "RoleBinding", "team", namespace),
      roleRef: { apiGroup: RBAC, kind: "Role", name: "team" },
      subjects: [{ apiGroup: RBAC, kind: "Group", name: namespace }],
    },
    ...trafficManifests(namespace, cidr, publicCidrs),
  };
}

function trafficManifests(namespace: string, cidr: string, publicCidrs: string[]): Record<string, Manifest> {
  const tcp = (...ports: number[]) => ports.map((port) => ({ port, protocol: "TCP" }));
  const block = (range: string) => ({ ipBlock: { cidr: range } });
  const policy = (name: string, spec: { egress?: object[]; ingress?: object[]; labelled?: boolean; policyTypes?: string[] }) => {
    const { labelled, policyTypes, ...rules } = spec;
    return {
      ...object("networking.k8s.io/v1", "NetworkPolicy", name, namespace),
      spec: {
        podSelector: labelled ? { matchLabels: { [`fairway/${name}`]: "true" } } : {},
        policyTypes: policyTypes ?? [...(rules.egress ? ["Egress"] : []), ...(rules.ingress ? ["Ingress"] : [])],
        ...rules,
      },
    };
  };
  const same = { podSelector: {} };
  return {
    "default-deny": policy("default-deny", { policyTypes: ["Egress", "Ingress"] }),
    "allow-dns": policy("allow-dns", { egress: [{ ports: [{ port: 53, protocol: "UDP" }, ...tcp(53)] }] }),
    "allow-pod-identity": policy("allow-pod-identity", { egress: [{ ports: tcp(80), to: [block("169.254.170.23/32")] }] }),
    "allow-same-namespace": policy("allow-same-namespace", { egress: [{ to: [same] }], ingress: [{ from: [same] }] }),
    "allow-telemetry": policy("allow-telemetry", {
      egress: [
        {
          ports: tcp(4317, 4318),
          to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "amazon-cloudwatch" } } }, block(cidr)],
        },
      ],
    }),
    "to-database": policy("to-database", { labelled: true, egress: [{ ports: tcp(5432), to: [block(cidr)] }] }),
    "to-https": policy("to-https", { labelled: true, egress: [{ ports: tcp(443), to: [block("0.0.0.0/0")] }] }),
    "from-load-balancer": policy("from-load-balancer", { labelled: true, ingress: [{ from: publicCidrs.map(block) }] }),
  };
}

function object(apiVersion: string, kind: string, name: string, namespace?: string): Manifest {
  return { apiVersion, kind, metadata: namespace ? { name, namespace } : { name } };
}

function rule(apiGroup: string, resources: string[], verbs: string[]) {
  return { apiGroups: [apiGroup], resources, verbs };
}
