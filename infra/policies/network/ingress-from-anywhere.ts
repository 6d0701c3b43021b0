import type { Json, PlannedResource } from "@fairway/resources";
import { grouped, oncePerPlan, type Plan } from "../reading/plan.ts";
import type { Policy } from "../types.ts";
import { areAnywhere, type Ingress, ingresses, isAnywhere, publicLoadBalancers, refersTo } from "./ingress.ts";

export const ingressFromAnywhere: Policy = {
  name: "ingress-from-anywhere",
  title: "From anywhere one comes in only on ports 80 and 443 of a public load balancer",
  why: "Every open port is scanned within minutes. Behind the load balancer requests pass its firewall, logs and TLS.",
  fix: "Let in the load balancer's security group (`referencedSecurityGroupId`) or the network's own range instead of everybody.",
  severity: "mandatory",
  check: (plan) => {
    const balancers = publicLoadBalancers(plan);
    const all = ingresses(plan);
    return [...singly(all), ...together(all)].flatMap(({ open, ...ingress }) => {
      const where = `${ingress.path === "" ? "it" : ingress.path} lets in ${open} on ${portsOf(ingress)}`;
      const { resource, group } = ingress;
      if (!isWeb(ingress)) return [{ resource, message: `${where}: only TCP 80 and 443 may be open` }];
      const isEdge = group && balancers.some((balancer) => refersTo(balancer, "securityGroups", group));
      if (!isEdge) return [{ resource, message: `${where}, and its security group is not a public load balancer's` }];
      return others(plan, group).map(({ type, name }) => ({
        resource,
        message: `${where}, and its security group is also that of ${type.split(":").at(-1)} ${name}`,
      }));
    });
  },
};

/** A way in that is open to everybody, and to which ranges. */
type Open = Ingress & { open: string };

function singly(all: Ingress[]): Open[] {
  return all.flatMap((ingress) => {
    const open = ingress.ranges.filter(isAnywhere);
    return open.length === 0 ? [] : [{ ...ingress, open: open.join(" and ") }];
  });
}

/** Ranges of which none is anywhere, and all together are. Rules of one group to one port add up. */
function together(all: Ingress[]): Open[] {
  const narrow = all.filter(({ ranges }) => ranges.length > 0 && !ranges.some(isAnywhere));
  const byDoor = Map.groupBy(narrow, ({ resource, group, protocol, from, to }) =>
    JSON.stringify([group?.urn ?? resource.inputs.securityGroupId ?? resource.urn, protocol, from, to]),
  );
  return [...byDoor.values()].flatMap((rules) => {
    const ranges = [...new Set(rules.flatMap((rule) => rule.ranges))];
    return areAnywhere(ranges) ? [{ ...rules[0]!, open: `${ranges.length} ranges that together are nearly anywhere` }] : [];
  });
}

/** What carries a security group and is no load balancer. Rules only name it. */
function others(plan: Plan, group: PlannedResource): PlannedResource[] {
  const { id } = group.outputs;
  const names = typeof id === "string" ? [group.urn, id] : [group.urn];
  return [...new Set(names.flatMap((name) => carriers(plan).get(name) ?? []))];
}

const carriers = oncePerPlan(({ resources }) =>
  grouped(
    resources.filter(
      ({ type, custom }) => custom && type.startsWith("aws:") && !/\/(loadBalancer|securityGroup[A-Za-z]*):/.test(type),
    ),
    ({ inputs, propertyDependencies }) => [
      ...Object.entries(propertyDependencies).flatMap(([property, urns]) => (CARRYING.test(property) ? urns : [])),
      ...groupsIn(inputs, false),
    ],
  ),
);

/** The texts under any property that is named after security groups. */
function groupsIn(value: Json, carrying: boolean): string[] {
  if (typeof value === "string") return carrying ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((each) => groupsIn(each, carrying));
  return Object.entries(value).flatMap(([key, each]) => groupsIn(each, carrying || /securityGroup/i.test(key)));
}

/** Properties by which resources carry security groups; the last two hold them in a block. */
const CARRYING = /securityGroup|networkConfiguration|vpcConfig/i;

function isWeb({ protocol, from, to }: Ingress): boolean {
  return (protocol === "tcp" || protocol === "6") && from === to && (from === 80 || from === 443);
}

function portsOf({ protocol, from, to }: Ingress): string {
  if (protocol === "-1" || from === undefined) return "every port";
  return from === to ? `${protocol} ${from}` : `${protocol} ${from} to ${to}`;
}
