import { arnPattern, type Sample, sampleArn, UUID } from "../sample.ts";

const CLUSTER = sampleArn("ecs", "cluster/main");
const ROLE = "arn:aws:iam::111122223333:role/execution";
const container = { name: "catalog", image: "catalog@sha256:00", portMappings: [{ containerPort: 8080 }] };
const containers = (...changes: object[]) => JSON.stringify(changes.map((change) => ({ ...container, ...change })));
const tracking = {
  targetValue: 60,
  predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
};
const scaled = { resourceId: "service/main/catalog", scalableDimension: "ecs:service:DesiredCount", serviceNamespace: "ecs" };

export const computeSamples: Sample[] = [
  {
    type: "aws:ecs/cluster:Cluster",
    good: { name: "main", settings: [{ name: "containerInsights", value: "enhanced" }] },
    id: arnPattern("ecs", "cluster/main"),
    bad: [
      [{ name: "main cluster" }, "name", /letters, digits, hyphens and underscores/],
      [{ settings: [{ name: "containerInsights", value: "on" }] }, "settings[0].value", /enhanced, enabled or disabled/],
    ],
  },
  {
    type: "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
    good: {
      clusterName: "main",
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
      defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE", base: 1, weight: 1 }],
    },
    id: /^main$/,
    bad: [
      [
        { capacityProviders: ["FARGATE_SPOT"] },
        "defaultCapacityProviderStrategies[0].capacityProvider",
        /"FARGATE" is not in capacityProviders/,
      ],
      [
        {
          defaultCapacityProviderStrategies: [
            { capacityProvider: "FARGATE", base: 1, weight: 1 },
            { capacityProvider: "FARGATE_SPOT", base: 1, weight: 1 },
          ],
        },
        "defaultCapacityProviderStrategies",
        /two have a base/,
      ],
      [
        { defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1001 }] },
        "defaultCapacityProviderStrategies[0].weight",
        /0 to 1000/,
      ],
    ],
  },
  {
    type: "aws:ecs/taskDefinition:TaskDefinition",
    good: {
      family: "production-catalog",
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: "256",
      memory: "512",
      executionRoleArn: ROLE,
      containerDefinitions: containers({}),
    },
    id: /^production-catalog$/,
    outputs: {
      arn: arnPattern("ecs", "task-definition/production-catalog:[1-9]\\d{0,6}"),
      arnWithoutRevision: arnPattern("ecs", "task-definition/production-catalog"),
      revision: /^[1-9]\d{0,6}$/,
    },
    bad: [
      [{ memory: "4096" }, "memory", /"4096" MiB does not go with 256 CPU units. Use one of 512, 1024, 2048/],
      [{ cpu: "300" }, "cpu", /"300" is no size of Fargate/],
      [{ cpu: null }, "cpu", /is required for Fargate/],
      [{ networkMode: "bridge" }, "networkMode", /Use awsvpc/],
      [{ containerDefinitions: "catalog" }, "containerDefinitions", /not a JSON list/],
      [{ containerDefinitions: "[]" }, "containerDefinitions", /is empty/],
      [{ containerDefinitions: containers({ image: undefined }) }, "containerDefinitions[0].image", /is required/],
      [{ containerDefinitions: containers({}, {}) }, "containerDefinitions", /two containers are called "catalog"/],
      [
        { containerDefinitions: containers({ environment: [{ name: "PORT", value: 8080 }] }) },
        "containerDefinitions[0].environment[0].value",
        /"PORT" is not text/,
      ],
      [
        { containerDefinitions: containers({ portMappings: [{ containerPort: 8080, hostPort: 80 }] }) },
        "containerDefinitions[0].portMappings[0].hostPort",
        /must be the containerPort under awsvpc/,
      ],
      [{ containerDefinitions: containers({ essential: false }) }, "containerDefinitions", /no container is essential/],
      [{ containerDefinitions: containers({ memory: 1024 }) }, "containerDefinitions", /memory \(1024\) is over the task's 512/],
      [
        { executionRoleArn: null, containerDefinitions: containers({ secrets: [{ name: "A", valueFrom: "arn" }] }) },
        "containerDefinitions[0].secrets",
        /need executionRoleArn/,
      ],
    ],
  },
  {
    type: "aws:ecs/service:Service",
    good: {
      cluster: CLUSTER,
      taskDefinition: sampleArn("ecs", "task-definition/production-catalog:1"),
      launchType: "FARGATE",
      networkConfiguration: { subnets: ["subnet-0a"] },
      loadBalancers: [{ containerName: "catalog", containerPort: 8080, targetGroupArn: "arn" }],
    },
    id: arnPattern("ecs", "service/main/sample-[0-9a-f]{7}"),
    bad: [
      [
        { capacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }] },
        "launchType",
        /conflicts with capacityProviderStrategies/,
      ],
      [{ networkConfiguration: null }, "networkConfiguration", /is required for Fargate/],
      [{ taskDefinition: null }, "taskDefinition", /is required/],
      [{ loadBalancers: [{ containerName: "catalog", targetGroupArn: "arn" }] }, "loadBalancers[0].containerPort", /is required/],
      [
        { loadBalancers: null, healthCheckGracePeriodSeconds: 30 },
        "healthCheckGracePeriodSeconds",
        /only for a service behind a load balancer/,
      ],
      [{ triggers: { at: "1" } }, "triggers", /needs forceNewDeployment/],
      [{ sigintRollback: true }, "sigintRollback", /needs waitForSteadyState/],
      [
        { deploymentConfiguration: { strategy: "CANARY" } },
        "deploymentConfiguration.canaryConfiguration",
        /is required for CANARY/,
      ],
      [{ deploymentConfiguration: { strategy: "FAST" } }, "deploymentConfiguration.strategy", /Use one of ROLLING/],
      [
        { deploymentConfiguration: { strategy: "BLUE_GREEN", bakeTimeInMinutes: "1441" } },
        "deploymentConfiguration.bakeTimeInMinutes",
        /0 to 1440 minutes/,
      ],
      [{ schedulingStrategy: "DAEMON", desiredCount: 2 }, "desiredCount", /is not for a DAEMON service/],
    ],
  },
  {
    type: "aws:appautoscaling/target:Target",
    good: { ...scaled, minCapacity: 2, maxCapacity: 10 },
    id: /^service\/main\/catalog$/,
    outputs: { arn: arnPattern("application-autoscaling", "scalable-target/0ec5[0-9a-f]{28}") },
    bad: [
      [{ minCapacity: 11 }, "maxCapacity", /10 is below minCapacity 11/],
      [{ resourceId: "catalog" }, "resourceId", /service\/CLUSTER\/SERVICE/],
      [{ scalableDimension: "dynamodb:table:ReadCapacityUnits" }, "scalableDimension", /is not of ecs/],
    ],
  },
  {
    type: "aws:appautoscaling/policy:Policy",
    good: { ...scaled, policyType: "TargetTrackingScaling", targetTrackingScalingPolicyConfiguration: tracking },
    id: /^sample-[0-9a-f]{7}$/,
    outputs: {
      arn: arnPattern("autoscaling", `scalingPolicy:${UUID}:resource/ecs/service/main/catalog:policyName/sample-[0-9a-f]{7}`),
    },
    bad: [
      [
        { targetTrackingScalingPolicyConfiguration: null },
        "targetTrackingScalingPolicyConfiguration",
        /is required for a policy of TargetTrackingScaling/,
      ],
      [
        { targetTrackingScalingPolicyConfiguration: { targetValue: 60 } },
        "targetTrackingScalingPolicyConfiguration",
        /exactly one of/,
      ],
      [
        {
          targetTrackingScalingPolicyConfiguration: {
            targetValue: 100,
            predefinedMetricSpecification: { predefinedMetricType: "ALBRequestCountPerTarget" },
          },
        },
        "targetTrackingScalingPolicyConfiguration.predefinedMetricSpecification.resourceLabel",
        /is required/,
      ],
    ],
  },
  {
    type: "aws:servicediscovery/httpNamespace:HttpNamespace",
    good: { name: "main" },
    id: /^ns-[0-9a-z]{16}$/,
    outputs: { arn: arnPattern("servicediscovery", "namespace/ns-[0-9a-z]{16}"), httpName: /^main$/ },
    bad: [[{ name: "main namespace" }, "name", /without spaces/]],
  },
  {
    type: "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace",
    good: { name: "main.internal", vpc: "vpc-0a" },
    id: /^ns-[0-9a-z]{16}$/,
    outputs: { hostedZone: /^Z[A-Z2-7]{20}$/ },
    bad: [[{ vpc: null }, "vpc", /is required/]],
  },
];
