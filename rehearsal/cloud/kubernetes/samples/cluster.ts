import type { ObjectSample } from "./sample.ts";

const labels = { app: "web" };
const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" };
const group = { apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "team-shopping" };
const rules = [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"] }];

export const clusterSamples: ObjectSample[] = [
  {
    name: "networking.k8s.io/v1:Ingress",
    good: {
      spec: {
        ingressClassName: "alb",
        rules: [
          { http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { number: 80 } } } }] } },
        ],
      },
    },
    bad: [["spec.rules[0].http.paths[0].pathType", "Regex", /Use one of "Exact", "ImplementationSpecific", "Prefix"/]],
    kept: ["spec.ingressClassName", "other"],
  },
  {
    name: "networking.k8s.io/v1:IngressClass",
    good: { spec: { controller: "eks.amazonaws.com/alb" } },
    bad: [["spec.controler", "x", /Did you mean controller/]],
  },
  {
    name: "networking.k8s.io/v1:NetworkPolicy",
    good: {
      spec: {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [
          { to: [{ ipBlock: { cidr: "10.0.0.0/16", except: ["10.0.1.0/24"] } }], ports: [{ port: 5432, protocol: "TCP" }] },
        ],
      },
    },
    bad: [
      ["spec.policyTypes", ["egress"], /Use one of "Egress", "Ingress"/, "spec.policyTypes[0]"],
      ["spec.egress[0].to[0].ipBlock.cidr", "10.0.0.0", /is not a range/],
      [
        "spec.egress[0].to[0].ipBlock.except",
        ["10.1.0.0/24"],
        /is not a part of 10.0.0.0\/16/,
        "spec.egress[0].to[0].ipBlock.except[0]",
      ],
      ["spec.egress[0].to[0].podSelector", {}, /ipBlock beside a selector/, "spec.egress[0].to[0]"],
      ["spec.egress[0].to", [{}], /is empty/, "spec.egress[0].to[0]"],
      ["spec.egress[0].ports[0].endPort", 80, /80 is below port, 5432/],
      ["spec.egress[0].ports[0].port", 65536, /is no port/],
    ],
    kept: ["spec.policyTypes", ["Egress", "Ingress"]],
  },
  {
    name: "rbac.authorization.k8s.io/v1:ClusterRole",
    good: { rules: [...rules, { nonResourceURLs: ["/metrics"], verbs: ["get"] }] },
    bad: [
      ["rules[0].verbs", [], /is empty/],
      ["rules[0].resources", undefined, /is required/],
    ],
    kept: ["rules[0].verbs", ["list"]],
  },
  {
    name: "rbac.authorization.k8s.io/v1:ClusterRoleBinding",
    good: { roleRef, subjects: [group] },
    bad: [
      ["roleRef.kind", "Role", /belongs to a namespace/],
      ["subjects[0]", { kind: "ServiceAccount", name: "web" }, /is required of a ServiceAccount/, "subjects[0].namespace"],
    ],
    replaced: ["roleRef.name", "edit"],
    kept: ["subjects", []],
  },
  {
    name: "rbac.authorization.k8s.io/v1:Role",
    good: { rules },
    bad: [
      ["rules[0].verb", ["get"], /Did you mean verbs/],
      ["rules[0].nonResourceURLs", ["/metrics"], /Use a ClusterRole/],
    ],
    kept: ["rules[0].verbs", ["list"]],
  },
  {
    name: "rbac.authorization.k8s.io/v1:RoleBinding",
    good: { roleRef, subjects: [group] },
    bad: [
      ["subjects[0].kind", "Team", /Use one of "Group", "ServiceAccount", "User"/],
      ["subjects[0].namespace", "default", /for a ServiceAccount only/],
    ],
    replaced: ["roleRef.name", "edit"],
    kept: ["subjects", []],
  },
  {
    name: "scheduling.k8s.io/v1:PriorityClass",
    good: { value: 1000 },
    bad: [
      ["value", 2_000_000_000, /above 1000000000/],
      ["preemptionPolicy", "Always", /Use one of Never, PreemptLowerPriority/],
      ["metadata.name", "system-mine", /Kubernetes' own/],
    ],
    kept: ["description", "first"],
  },
  {
    name: "storage.k8s.io/v1:StorageClass",
    good: { provisioner: "ebs.csi.eks.amazonaws.com", parameters: { type: "gp3", encrypted: "true" } },
    bad: [
      ["parameters.encrypted", true, /must be a string, not a boolean/],
      ["volumeBindingMode", "Wait", /Use one of Immediate, WaitForFirstConsumer/],
    ],
    replaced: ["parameters.type", "io2"],
    kept: ["allowVolumeExpansion", true],
  },
  {
    name: "v1:ConfigMap",
    good: { data: { level: "info" } },
    bad: [["data.level", 3, /must be a string, not a number/]],
    replaced: ["data.level", "debug"],
    kept: ["metadata.labels", { app: "web" }],
  },
  {
    name: "v1:LimitRange",
    good: { spec: { limits: [{ type: "Container", default: { memory: "512Mi" }, defaultRequest: { memory: "256Mi" } }] } },
    bad: [
      ["spec.limits[0].defaultRequest.memory", "1Gi", /is more than default, 512Mi/],
      ["spec.limits[0].type", "Deployment", /Use one of "Container", "PersistentVolumeClaim", "Pod"/],
    ],
    kept: ["spec.limits[0].default.memory", "1Gi"],
  },
  {
    name: "v1:Namespace",
    good: {},
    bad: [
      ["metadata.name", "a.b", /use lower case letters, digits and hyphens/],
      ["metadata.namespace", "default", /belongs to no namespace/],
      [
        "metadata.labels",
        { "pod-security.kubernetes.io/enforce": "strict" },
        /Use one of baseline, privileged, restricted/,
        'metadata.labels["pod-security.kubernetes.io/enforce"]',
      ],
    ],
    kept: ["metadata.labels", { team: "shopping" }],
  },
  {
    name: "v1:PersistentVolumeClaim",
    good: { spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } }, storageClassName: "gp3" } },
    bad: [["spec.resources.requests.storage", "1GB", /is not a quantity/]],
    replaced: ["spec.storageClassName", "other"],
    kept: ["spec.resources.requests.storage", "2Gi"],
  },
  {
    name: "v1:ResourceQuota",
    good: { spec: { hard: { pods: "10", "requests.memory": "10Gi" } } },
    bad: [["spec.hard.pods", "ten", /is not a quantity/]],
    replaced: ["spec.scopes", ["BestEffort"]],
    kept: ["spec.hard.pods", "20"],
  },
  {
    name: "v1:Secret",
    good: { type: "Opaque", data: { password: "c2VjcmV0" } },
    bad: [["data.password", "plain text", /is not base64. Encode it/]],
    replaced: ["stringData", { password: "other" }],
    kept: ["metadata.labels", { app: "web" }],
  },
  {
    name: "v1:Service",
    good: { spec: { selector: labels, ports: [{ port: 80, targetPort: "http" }] } },
    bad: [
      ["metadata.name", "1-web", /with a letter at the beginning/],
      ["spec.type", "ALB", /Use one of "ClusterIP"/],
      ["spec.ports", [{ port: 80 }, { port: 81 }], /required where there are several ports/, "spec.ports[0].name"],
      ["spec.ports[0].port", 0, /is no port/],
    ],
    replaced: ["spec.clusterIP", "172.20.3.4"],
    kept: ["spec.ports[0].port", 81],
  },
  {
    name: "v1:ServiceAccount",
    good: { automountServiceAccountToken: false },
    bad: [["automountServiceAccountToken", "no", /must be a boolean/]],
    kept: ["automountServiceAccountToken", true],
  },
];
