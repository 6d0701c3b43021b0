import type { JsonMap, PlannedResource } from "@fairway/resources";
import { list, map, maps, number, text, unknown } from "../reading/values.ts";
import type { Plan } from "../reading/plan.ts";

/** One way into a security group. */
export interface Ingress {
  /** The resource in which it stands. */
  resource: PlannedResource;
  /** What in the resource says so; empty when it is the resource itself. */
  path: string;
  /** Ranges of addresses, v4 and v6. */
  ranges: string[];
  /** In lower case: tcp, udp, -1 (all)… */
  protocol: string;
  from?: number;
  to?: number;
  /** The security group, where it is in the plan. */
  group?: PlannedResource;
}

/** Every way into a security group that is known, however it is written. */
export function ingresses(plan: Plan): Ingress[] {
  return [
    ...managed(plan, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").flatMap((rule) => {
      if (unknown(rule, "ipProtocol", "fromPort", "toPort")) return [];
      const ranges = [rule.inputs.cidrIpv4, rule.inputs.cidrIpv6].filter((range) => typeof range === "string");
      return { resource: rule, path: "", ranges, ...ports(rule.inputs, "ipProtocol"), group: groupOf(plan, rule) };
    }),
    ...managed(plan, "aws:ec2/securityGroupRule:SecurityGroupRule").flatMap((rule) => {
      if (rule.inputs.type !== "ingress" || unknown(rule, "protocol", "fromPort", "toPort")) return [];
      return {
        resource: rule,
        path: "",
        ranges: ranges(rule.inputs),
        ...ports(rule.inputs, "protocol"),
        group: groupOf(plan, rule),
      };
    }),
    ...managed(plan, ...GROUPS).flatMap((group) =>
      maps(group.inputs.ingress).map((rule, index) => ({
        resource: group,
        path: `ingress[${index}]`,
        ranges: ranges(rule),
        ...ports(rule, "protocol"),
        group,
      })),
    ),
  ];
}

const GROUPS = ["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"];

function managed(plan: Plan, ...types: string[]): PlannedResource[] {
  return plan.of(...types).filter(({ external }) => !external);
}

function groupOf(plan: Plan, rule: PlannedResource): PlannedResource | undefined {
  return plan.of(...GROUPS).find((group) => refersTo(rule, "securityGroupId", group));
}

/** Whether a property of a resource, one value or a list, names another. */
export function refersTo(resource: PlannedResource, property: string, other: PlannedResource): boolean {
  if (resource.propertyDependencies[property]?.includes(other.urn)) return true;
  const value = resource.inputs[property];
  const names = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === "string");
  return names.some((name) => name === other.outputs.id || name === other.outputs.arn);
}

function ranges(rule: JsonMap): string[] {
  return [...list(rule.cidrBlocks), ...list(rule.ipv6CidrBlocks)].filter((range) => typeof range === "string");
}

function ports(rule: JsonMap, protocol: string) {
  return { protocol: (text(rule[protocol]) ?? "-1").toLowerCase(), from: number(rule.fromPort), to: number(rule.toPort) };
}

/**
 * Whether a range is so wide that it means anywhere: everything, or a share of it that no organisation owns (wider than /8, or /16
 * of IPv6).
 */
export function isAnywhere(range: string): boolean {
  const bits = Number(range.split("/")[1] ?? Number.NaN);
  return range.includes(":") ? bits < 16 : bits < 8;
}

/** The load balancers that face the internet. */
export function publicLoadBalancers(plan: Plan): PlannedResource[] {
  return plan
    .of("aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer")
    .filter((balancer) => !unknown(balancer, "internal") && balancer.inputs.internal !== true);
}

/** Metadata of an object of Kubernetes. */
export function annotations(resource: PlannedResource): JsonMap {
  return map(map(resource.inputs.metadata)?.annotations) ?? {};
}
