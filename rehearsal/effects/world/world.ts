import type { ResourceState } from "@fairway/engine";
import {
  type Listener,
  type ListenerRule,
  type LoadBalancer,
  readListener,
  readListenerRule,
  readLoadBalancer,
  readTargetGroup,
  type TargetGroup,
} from "./load-balancers.ts";
import type { SecretValues } from "./secrets.ts";
import { readService, readTaskDefinition, type Service, type TaskDefinition } from "./services.ts";
import { numeric, opened, type PlainMap, properties, text } from "./values.ts";

/** The resources of one environment, by URN and identity: a replaced resource and its successor share a URN for a while. */
export class World {
  private readonly held = new Map<string, Map<string, ResourceState>>();

  put(resource: ResourceState): void {
    const ofUrn = this.held.get(resource.urn) ?? new Map<string, ResourceState>();
    // Whatever else has this URN was replaced by it.
    if (!resource.delete) for (const [key, other] of ofUrn) ofUrn.set(key, { ...other, delete: true });
    ofUrn.set(identity(resource), resource);
    this.held.set(resource.urn, ofUrn);
  }

  /** Without an id everything of the URN goes; with one what has it, and of those only replaced ones when there are any. */
  remove(urn: string, id?: string): void {
    const ofUrn = this.held.get(urn) ?? new Map<string, ResourceState>();
    const meant = [...ofUrn].filter(([, resource]) => id === undefined || resource.id === id);
    const replaced = meant.filter(([, resource]) => resource.delete);
    for (const [key] of id === undefined || replaced.length === 0 ? meant : replaced) ofUrn.delete(key);
    if (ofUrn.size === 0) this.held.delete(urn);
  }

  /** What of it effects act on. */
  declared(): Declared {
    const held = [...this.held.values()].flatMap((ofUrn) => [...ofUrn.values()]);
    const live = (type: string) => held.filter((resource) => resource.type === type && !resource.delete);
    // Referred to by ARN until their successors are, so replaced ones count until they are deleted.
    const any = (type: string) => held.filter((resource) => resource.type === type);
    return {
      loadBalancers: live(types.loadBalancer).map((resource) => readLoadBalancer(properties(resource))),
      listeners: live(types.listener).map((resource) => readListener(properties(resource))),
      rules: live(types.rule).map((resource) => readListenerRule(properties(resource))),
      targetGroups: any(types.targetGroup).map((resource) => readTargetGroup(properties(resource))),
      services: services(live(types.service), live(types.scaling)),
      taskDefinitions: any(types.taskDefinition).map((resource) => readTaskDefinition(properties(resource))),
      secrets: secrets(live(types.secretVersion), live(types.parameter)),
    };
  }
}

export interface Declared {
  loadBalancers: LoadBalancer[];
  listeners: Listener[];
  rules: ListenerRule[];
  targetGroups: TargetGroup[];
  services: Service[];
  taskDefinitions: TaskDefinition[];
  secrets: SecretValues;
}

const types = {
  loadBalancer: "aws:lb/loadBalancer:LoadBalancer",
  listener: "aws:lb/listener:Listener",
  rule: "aws:lb/listenerRule:ListenerRule",
  targetGroup: "aws:lb/targetGroup:TargetGroup",
  service: "aws:ecs/service:Service",
  taskDefinition: "aws:ecs/taskDefinition:TaskDefinition",
  scaling: "aws:appautoscaling/target:Target",
  secretVersion: "aws:secretsmanager/secretVersion:SecretVersion",
  parameter: "aws:ssm/parameter:Parameter",
};

const acted = new Set(Object.values(types));

/** Whether effects act on resources of this type. */
export function isActedOn(type: string): boolean {
  return acted.has(type);
}

/** Revisions of a task definition share an id, their family, and differ in their ARN. */
function identity(resource: ResourceState): string {
  return text(opened(resource.outputs.arn), resource.id);
}

function services(declared: ResourceState[], scaling: ResourceState[]): Service[] {
  const least = new Map<string, number>();
  for (const target of scaling.map(properties)) {
    least.set(text(target.resourceId), numeric(target.minCapacity, 0));
  }
  return declared.map((resource) => {
    const service = readService(resource.urn, properties(resource));
    const scaled = least.get(`service/${service.clusterName}/${service.name}`) ?? 0;
    return { ...service, desired: Math.max(service.desired, scaled) };
  });
}

function secrets(versions: ResourceState[], parameters: ResourceState[]): SecretValues {
  const valueOf = (from: PlainMap) => text(from.secretString);
  return {
    secrets: new Map(versions.map(properties).map((from) => [text(from.arn, text(from.secretId)), valueOf(from)])),
    parameters: new Map(
      parameters
        .map(properties)
        .flatMap((from) => [from.arn, from.name].map((name) => [text(name), text(from.value)] as [string, string])),
    ),
  };
}
