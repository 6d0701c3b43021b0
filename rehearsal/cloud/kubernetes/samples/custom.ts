import type { ObjectSample } from "./sample.ts";

export const customSamples: ObjectSample[] = [
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
