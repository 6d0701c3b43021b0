import type { Json, JsonMap, PlannedResource } from "@fairway/resources";

/** What a plan needs of the things that AWS counts. */
export interface Needs {
  vpcs: number;
  addresses: number;
  /** vCPU of Fargate tasks when every service is at its most: autoscaling's maximum, and twice of it while a new version rolls out. */
  fargateCpu: number;
  /** vCPU of EC2 instances: the nodes of a cluster with Auto Mode, estimated. 0 without a cluster of our own. */
  instanceCpu: number;
  /** Most listener rules on one load balancer, without the default ones. */
  rulesPerLoadBalancer: number;
  /** All of the plan: at most so many stand behind one load balancer. */
  targetGroups: number;
  alarms: number;
}

/** Counts what the quotas count, in all stacks of an environment. */
export function needsOf(resources: readonly PlannedResource[]): Needs {
  const managed = resources.filter(({ external }) => !external);
  const ofType = (...types: string[]) => managed.filter(({ type }) => types.includes(type));
  return {
    vpcs: ofType("aws:ec2/vpc:Vpc").length,
    addresses: ofType("aws:ec2/eip:Eip").length,
    fargateCpu: fargateCpu(managed),
    instanceCpu: instanceCpu(managed),
    rulesPerLoadBalancer: Math.max(0, ...countBy(ofType("aws:lb/listenerRule:ListenerRule").map(loadBalancerOf)).values()),
    targetGroups: ofType("aws:lb/targetGroup:TargetGroup").length,
    alarms: ofType("aws:cloudwatch/metricAlarm:MetricAlarm", "aws:cloudwatch/compositeAlarm:CompositeAlarm").length,
  };
}

/** An ECS service's deployment may run so many times its tasks, in percent (`deploymentMaximumPercent`'s own default). */
const MAXIMUM_PERCENT = 200;

function fargateCpu(resources: readonly PlannedResource[]): number {
  const ofType = (type: string) => resources.filter((each) => each.type === type);
  const definitions = new Map(ofType("aws:ecs/taskDefinition:TaskDefinition").map((each) => [each.urn, each]));
  const targets = ofType("aws:appautoscaling/target:Target");
  return ofType("aws:ecs/service:Service").reduce((sum, service) => {
    const definition = from(service, "taskDefinition").flatMap((urn) => definitions.get(urn) ?? [])[0];
    const scaling = targets.find((target) => from(target, "resourceId").includes(service.urn));
    const tasks = Math.max(number(service.inputs.desiredCount), number(scaling?.inputs.maxCapacity));
    const percent = number(service.inputs.deploymentMaximumPercent) || MAXIMUM_PERCENT;
    // CPU units: 1,024 are a vCPU.
    return sum + (number(definition?.inputs.cpu) / 1024) * Math.ceil((tasks * percent) / 100);
  }, 0);
}

/** Auto Mode's general-purpose pool: instances of 2 vCPU and more, in two zones when pods are to be spread. */
const LEAST_NODES_CPU = 2 * 2;

/** A node is replaced at 21 days at the latest, and the new one runs before the old one goes. */
const WHILE_REPLACED = 2;

function instanceCpu(resources: readonly PlannedResource[]): number {
  if (!resources.some(({ type }) => type === "aws:eks/cluster:Cluster")) return 0;
  const requested = resources
    .filter(({ type }) => type === "kubernetes:apps/v1:Deployment")
    .reduce((sum, { inputs }) => {
      const spec = record(inputs.spec);
      const containers = list(record(record(spec.template).spec).containers).map(record);
      const each = containers.reduce((cpu, { resources: asked }) => cpu + cores(record(record(asked).requests).cpu), 0);
      return sum + each * (spec.replicas === undefined ? 1 : number(spec.replicas));
    }, 0);
  return Math.max(LEAST_NODES_CPU, Math.ceil(requested)) * WHILE_REPLACED;
}

/** Kubernetes writes `250m` for a quarter of a core. */
function cores(quantity: Json | undefined): number {
  const text = String(quantity ?? 0);
  return text.endsWith("m") ? number(text.slice(0, -1)) / 1000 : number(text);
}

const record = (value: Json | undefined): JsonMap =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};

const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

/** `…:listener/app/NAME/ID/LISTENER` is of the load balancer `app/NAME/ID`; several listeners share its rules' quota. */
function loadBalancerOf({ inputs, urn }: PlannedResource): string {
  return /listener\/(app\/[^/]+\/[^/]+)/.exec(String(inputs.listenerArn))?.[1] ?? urn;
}

const from = (resource: PlannedResource, input: string): string[] => resource.propertyDependencies[input] ?? [];

const number = (value: Json | undefined): number => Number(value ?? 0) || 0;

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
