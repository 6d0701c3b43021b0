import type { JsonMap, PlannedResource } from "@fairway/resources";
import { list, map, maps, number, text, texts, unknown } from "../reading/values.ts";
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
    ...managed(plan, RULE).flatMap((rule) => {
      if (unknown(rule, "ipProtocol", "fromPort", "toPort")) return [];
      const { cidrIpv4, cidrIpv6 } = rule.inputs;
      const listed = plan.namedBy(rule, "prefixListId", PREFIX_LIST).flatMap((list) => entries(plan, list));
      const ranges = [...texts(cidrIpv4), ...texts(cidrIpv6), ...listed];
      return { resource: rule, path: "", ranges, ...ports(rule.inputs, "ipProtocol"), group: groupOf(plan, rule) };
    }),
    ...managed(plan, "aws:ec2/securityGroupRule:SecurityGroupRule").flatMap((rule) => {
      if (rule.inputs.type !== "ingress" || unknown(rule, "protocol", "fromPort", "toPort")) return [];
      const listed = plan.namedBy(rule, "prefixListIds", PREFIX_LIST).flatMap((list) => entries(plan, list));
      const own = { ranges: [...ranges(rule.inputs), ...listed], ...ports(rule.inputs, "protocol") };
      return { resource: rule, path: "", ...own, group: groupOf(plan, rule) };
    }),
    ...managed(plan, ...GROUPS).flatMap((group) =>
      list(group.inputs.ingress).flatMap((each, index) => {
        const path = `ingress[${index}]`;
        const rule = map(each);
        if (!rule || unknown(group, `${path}.protocol`, `${path}.fromPort`, `${path}.toPort`)) return [];
        const ids = texts(rule.prefixListIds);
        const lists = plan.of(PREFIX_LIST).filter(({ outputs }) => ids.includes(text(outputs.id) ?? ""));
        const all = [...ranges(rule), ...lists.flatMap((list) => entries(plan, list))];
        return { resource: group, path, ranges: all, ...ports(rule, "protocol"), group };
      }),
    ),
  ];
}

const RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const PREFIX_LIST = "aws:ec2/managedPrefixList:ManagedPrefixList";
const GROUPS = ["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"];

function managed(plan: Plan, ...types: string[]): PlannedResource[] {
  return plan.of(...types).filter(({ external }) => !external);
}

function groupOf(plan: Plan, rule: PlannedResource): PlannedResource | undefined {
  return plan.namedBy(rule, "securityGroupId", ...GROUPS)[0];
}

/** The ranges in a prefix list, written in it or beside it. */
function entries(plan: Plan, list: PlannedResource): string[] {
  const beside = plan.pointingAt(list, "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry", "prefixListId");
  return [...maps(list.inputs.entries), ...beside.map(({ inputs }) => inputs)].flatMap(({ cidr }) => texts(cidr));
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
  return areAnywhere([range]);
}

/** Whether ranges together are as wide. */
export function areAnywhere(ranges: readonly string[]): boolean {
  // As shares of all addresses. One range twice counts once.
  const share = (some: string[]) => some.reduce((sum, range) => sum + 2 ** -Number(range.split("/")[1] ?? Number.NaN), 0);
  const [v6, v4] = [true, false].map((six) => [...new Set(ranges)].filter((range) => range.includes(":") === six));
  return share(v4!) >= 2 ** -7 || share(v6!) >= 2 ** -15;
}

/** The load balancers that face the internet. */
export function publicLoadBalancers(plan: Plan): PlannedResource[] {
  return plan
    .of("aws:lb/loadBalancer:LoadBalancer")
    .filter((balancer) => !unknown(balancer, "internal") && balancer.inputs.internal !== true);
}

/** Metadata of an object of Kubernetes. */
export function annotations(resource: PlannedResource): JsonMap {
  return map(map(resource.inputs.metadata)?.annotations) ?? {};
}
