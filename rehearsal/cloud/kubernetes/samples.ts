import type { PropertyMap } from "@fairway/engine";

/** What the tests ask of a kind: an object that Kubernetes takes, changes of it that it refuses, and changes that replace or do not. */
export interface ObjectSample {
  /** API version and kind, for example `apps/v1:Deployment`. */
  name: string;
  /** Without API version, kind and metadata. */
  good: PropertyMap;
  /** Path of a changed property, its value (undefined removes it), words of the reason. */
  bad: [path: string, value: PropertyMap[string] | undefined, reason: RegExp, at?: string][];
  /** Path and value of a change that makes a new object. */
  replaced?: [path: string, value: PropertyMap[string]];
  /** Path and value of a change in place. */
  kept?: [path: string, value: PropertyMap[string]];
}

const labels = { app: "web" };
const container = {
  name: "web",
  image: "example.com/web@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  ports: [{ name: "http", containerPort: 8080 }],
  resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
  readinessProbe: { httpGet: { path: "/healthz", port: "http" } },
};
const template = { metadata: { labels }, spec: { containers: [container] } };
const controller = { selector: { matchLabels: labels }, template };
const ending = { metadata: { labels }, spec: { restartPolicy: "Never", containers: [{ name: "web", image: container.image }] } };
const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" };
const group = { apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "team-shopping" };
const rules = [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"] }];
const inContainer = "spec.template.spec.containers[0]";

export const objectSamples: ObjectSample[] = [
  {
    name: "apps/v1:Deployment",
    good: { spec: { replicas: 2, ...controller } },
    bad: [
      ["spec.replica", 2, /Did you mean replicas/],
      ["spec.replicas", "2", /must be a whole number, not a string/],
      ["spec.replicas", 1.5, /must be a whole number, not a fraction/],
      [
        "spec.strategy",
        { type: "Rolling" },
        /"Rolling" is not allowed. Use one of "Recreate", "RollingUpdate"/,
        "spec.strategy.type",
      ],
      ["spec.selector", { matchLabels: { app: "shop" } }, /does not match its own pods: the template's labels are {"app":"web"}/],
      ["spec.selector", {}, /is empty/],
      ["spec.template.spec.containers", [], /Add a container/],
      ["spec.template.spec.restartPolicy", "Never", /is Never. Set Always/],
      [`${inContainer}.imagePullPolice`, "Always", /Did you mean imagePullPolicy/],
      [`${inContainer}.name`, "Web", /use lower case letters/],
      [`${inContainer}.env`, [{ name: "A" }, { name: "A" }], /the same name as element 0/, `${inContainer}.env[1]`],
      [`${inContainer}.resources.requests.memory`, "1Gi", /is more than the limit, 256Mi/],
      [`${inContainer}.resources.limits.memory`, "256MB", /is not a quantity/],
      [`${inContainer}.readinessProbe.tcpSocket`, { port: 8080 }, /has 2 ways to look/, `${inContainer}.readinessProbe`],
      [
        `${inContainer}.volumeMounts`,
        [{ name: "data", mountPath: "/data" }],
        /no volume "data"/,
        `${inContainer}.volumeMounts[0].name`,
      ],
      [`${inContainer}.ports[0].name`, "main-http-of-the-service", /no port's name/],
      ["spec.template.metadata.labels.app", "a b", /is not a label's value/, 'spec.template.metadata.labels["app"]'],
      ["spec.template", undefined, /is required/],
    ],
    replaced: ["spec.selector.matchExpressions", [{ key: "app", operator: "Exists" }]],
    kept: [`${inContainer}.image`, "example.com/web@sha256:ffff456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"],
  },
  {
    name: "apps/v1:DaemonSet",
    good: { spec: controller },
    bad: [["spec.replicas", 2, /there is no such property/]],
    replaced: ["spec.selector.matchExpressions", [{ key: "app", operator: "Exists" }]],
    kept: ["spec.minReadySeconds", 5],
  },
  {
    name: "apps/v1:StatefulSet",
    good: {
      spec: {
        ...controller,
        serviceName: "web",
        template: { ...template, spec: { containers: [{ ...container, volumeMounts: [{ name: "data", mountPath: "/data" }] }] } },
        volumeClaimTemplates: [
          { metadata: { name: "data" }, spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } } },
        ],
      },
    },
    bad: [["spec.podManagementPolicy", "Ordered", /Use one of "OrderedReady", "Parallel"/]],
    replaced: ["spec.serviceName", "other"],
    kept: ["spec.replicas", 3],
  },
  {
    name: "autoscaling/v2:HorizontalPodAutoscaler",
    good: {
      spec: { minReplicas: 2, maxReplicas: 4, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" } },
    },
    bad: [
      ["spec.maxReplicas", 1, /1 is below minReplicas, 2/],
      ["spec.minReplicas", 0, /is below 1/],
      ["spec.maxReplicas", undefined, /is required/],
    ],
    kept: ["spec.maxReplicas", 9],
  },
  {
    name: "batch/v1:CronJob",
    good: { spec: { schedule: "0 3 * * mon-fri", jobTemplate: { spec: { template: ending } } } },
    bad: [
      ["spec.schedule", "0 25 * * *", /"25" is no hour/],
      ["spec.schedule", "0 3 * *", /has 4 fields/],
      ["spec.concurrencyPolicy", "Never", /Use one of "Allow", "Forbid", "Replace"/],
      ["spec.jobTemplate.spec.template.spec.restartPolicy", undefined, /is Always by default. Set Never or OnFailure/],
      ["metadata.name", "a-name-of-fifty-three-characters-is-one-too-many-for-it", /at most 52 are allowed/],
    ],
    kept: ["spec.jobTemplate.spec.template.spec.containers[0].image", "example.com/other"],
  },
  {
    name: "batch/v1:Job",
    good: { spec: { template: ending } },
    bad: [["spec.template.spec.restartPolicy", "Always", /Set Never or OnFailure/]],
    replaced: ["spec.template.spec.containers[0].image", "example.com/other"],
    kept: ["spec.backoffLimit", 3],
  },
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
    name: "policy/v1:PodDisruptionBudget",
    good: { spec: { maxUnavailable: 1, selector: { matchLabels: labels } } },
    bad: [
      ["spec.minAvailable", 1, /both minAvailable and maxUnavailable/, "spec"],
      ["spec.maxUnavailable", "half", /neither a number nor a percentage/],
    ],
    kept: ["spec.maxUnavailable", "25%"],
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
    name: "v1:Pod",
    good: { spec: template.spec },
    bad: [["spec.containers[0].image", 1, /must be a string/]],
    replaced: ["spec.containers[0].image", "example.com/other"],
    kept: ["spec.tolerations", [{ key: "spot", operator: "Exists" }]],
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
  {
    name: "admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy",
    good: { spec: { failurePolicy: "Fail", matchConstraints: {}, validations: [{ expression: "true" }] } },
    bad: [
      ["spec.failurePolicy", "Deny", /Use one of "Fail", "Ignore"/],
      ["spec.validation", [], /Did you mean validations/],
    ],
    kept: ["spec.failurePolicy", "Ignore"],
  },
  {
    name: "admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding",
    good: { spec: { policyName: "own", validationActions: ["Deny"] } },
    bad: [["spec.validationActions", ["Refuse"], /Use one of "Audit", "Deny", "Warn"/, "spec.validationActions[0]"]],
    kept: ["spec.validationActions", ["Warn"]],
  },
  {
    name: "eks.amazonaws.com/v1:IngressClassParams",
    good: { spec: { scheme: "internal", subnets: { ids: ["subnet-0a1b2c3d4e5f67890"] } } },
    bad: [["spec.scheme", "public", /Use one of "internal", "internet-facing"/]],
    kept: ["spec.ipAddressType", "ipv4"],
  },
  {
    name: "eks.amazonaws.com/v1:NodeClass",
    good: { spec: { role: "nodes", subnetSelectorTerms: [{ tags: { a: "b" } }], securityGroupSelectorTerms: [{ id: "sg-1" }] } },
    bad: [["spec.networkPolicy", "Deny", /Use one of "DefaultAllow", "DefaultDeny"/]],
    kept: ["spec.networkPolicy", "DefaultDeny"],
  },
  {
    name: "eks.amazonaws.com/v1:TargetGroupBinding",
    good: {
      spec: {
        serviceRef: { name: "web", port: 80 },
        targetGroupARN: "arn:aws:elasticloadbalancing:eu-west-1:222222222222:targetgroup/web-0123456/0123456789abcdef",
        targetType: "ip",
      },
    },
    bad: [
      ["spec.targetType", undefined, /is required/],
      ["spec.targetGroupName", "web", /there is no such property/],
      [
        "spec.targetGroupARN",
        "arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/app/x/1",
        /does not have the form/,
      ],
    ],
    kept: ["spec.serviceRef.port", 81],
  },
  {
    name: "karpenter.sh/v1:NodePool",
    good: {
      spec: {
        limits: { cpu: "16" },
        template: {
          spec: {
            nodeClassRef: { group: "eks.amazonaws.com", kind: "NodeClass", name: "default" },
            requirements: [{ key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] }],
          },
        },
      },
    },
    bad: [
      ["spec.limits.cpu", "many", /is not a quantity/],
      ["spec.weight", 101, /101 is out of range. Use/],
    ],
    kept: ["spec.weight", 10],
  },
];
