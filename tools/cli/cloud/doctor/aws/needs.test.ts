import { describe, expect, test } from "vitest";
import type { PlannedResource } from "@fairway/resources";
import { needsOf } from "./needs.ts";

const LISTENER = "arn:aws:elasticloadbalancing:eu-west-1:222222222222:listener/app";

function resource(
  type: string,
  name: string,
  inputs: PlannedResource["inputs"] = {},
  uses: Record<string, string[]> = {},
): PlannedResource {
  return {
    urn: `urn:pulumi:dev::x::${type}::${name}`,
    type,
    name,
    project: "x",
    stack: "dev",
    custom: true,
    external: false,
    inputs,
    outputs: {},
    secrets: [],
    unknowns: [],
    parent: "",
    dependencies: [],
    propertyDependencies: uses,
    protect: false,
    retainOnDelete: false,
    known: "modelled",
  };
}

function service(name: string, inputs: PlannedResource["inputs"], cpu: string, most?: number): PlannedResource[] {
  const definition = resource("aws:ecs/taskDefinition:TaskDefinition", name, { cpu });
  const made = resource("aws:ecs/service:Service", name, inputs, { taskDefinition: [definition.urn] });
  if (most === undefined) return [definition, made];
  return [
    definition,
    made,
    resource("aws:appautoscaling/target:Target", name, { maxCapacity: most }, { resourceId: ["urn:cluster", made.urn] }),
  ];
}

test("a service needs its most tasks, twice while a new version rolls out", () => {
  expect(needsOf(service("catalog", { desiredCount: 2 }, "256", 10)).fargateCpu).toBe(0.25 * 10 * 2);
});

test("a service without autoscaling needs its desired tasks, and no more than its own maximum percent", () => {
  expect(needsOf(service("catalog", { desiredCount: 4, deploymentMaximumPercent: 150 }, "1024")).fargateCpu).toBe(6);
});

test("services add up, each with its own task definition", () => {
  const both = [...service("catalog", { desiredCount: 1 }, "256", 2), ...service("orders", { desiredCount: 1 }, "2048", 3)];
  expect(needsOf(both).fargateCpu).toBe(0.25 * 2 * 2 + 2 * 3 * 2);
});

test("rules are counted on each load balancer, over all of its listeners", () => {
  const rule = (name: string, listener: string) =>
    resource("aws:lb/listenerRule:ListenerRule", name, { listenerArn: `${LISTENER}/${listener}` });
  const rules = [rule("a", "public/1111/aaaa"), rule("b", "public/1111/bbbb"), rule("c", "internal/2222/cccc")];
  expect(needsOf(rules).rulesPerLoadBalancer).toBe(2);
  expect(needsOf([]).rulesPerLoadBalancer).toBe(0);
});

test("what is only read is somebody else's need", () => {
  const vpc = resource("aws:ec2/vpc:Vpc", "main");
  expect(needsOf([vpc, { ...vpc, external: true }]).vpcs).toBe(1);
});

test("metric and composite alarms count alike", () => {
  const alarms = [
    resource("aws:cloudwatch/metricAlarm:MetricAlarm", "a"),
    resource("aws:cloudwatch/compositeAlarm:CompositeAlarm", "b"),
  ];
  expect(needsOf(alarms).alarms).toBe(2);
});

describe("nodes of a cluster", () => {
  const cluster = resource("aws:eks/cluster:Cluster", "main");
  const deployment = (replicas: number, cpu: string) => {
    const containers = [{ name: "main", resources: { requests: { cpu } } }];
    return resource("kubernetes:apps/v1:Deployment", `pods-${cpu}`, { spec: { replicas, template: { spec: { containers } } } });
  };

  test("are two at least, and as many again while they are replaced", () => {
    expect(needsOf([cluster]).instanceCpu).toBe(8);
  });

  test("have room for what pods ask for, in cores and thousandths", () => {
    expect(needsOf([cluster, deployment(10, "500m"), deployment(2, "2")]).instanceCpu).toBe((10 * 0.5 + 2 * 2) * 2);
  });

  test("are somebody else's where there is no cluster of our own", () => {
    expect(needsOf([deployment(10, "500m")]).instanceCpu).toBe(0);
  });
});
