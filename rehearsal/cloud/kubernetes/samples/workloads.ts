import type { ObjectSample } from "./sample.ts";

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
const inContainer = "spec.template.spec.containers[0]";

export const workloadSamples: ObjectSample[] = [
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
    name: "policy/v1:PodDisruptionBudget",
    good: { spec: { maxUnavailable: 1, selector: { matchLabels: labels } } },
    bad: [
      ["spec.minAvailable", 1, /both minAvailable and maxUnavailable/, "spec"],
      ["spec.maxUnavailable", "half", /neither a number nor a percentage/],
    ],
    kept: ["spec.maxUnavailable", "25%"],
  },
  {
    name: "v1:Pod",
    good: { spec: template.spec },
    bad: [["spec.containers[0].image", 1, /must be a string/]],
    replaced: ["spec.containers[0].image", "example.com/other"],
    kept: ["spec.tolerations", [{ key: "spot", operator: "Exists" }]],
  },
];
