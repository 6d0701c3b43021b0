import type { PlannedResource } from "@fairway/resources";
import type { Plan } from "../reading/plan.ts";
import { leaves } from "../reading/values.ts";
import type { Policy } from "../types.ts";
import { type Ingress, ingresses, isAnywhere, publicLoadBalancers, refersTo } from "./ingress.ts";

export const ingressFromAnywhere: Policy = {
  name: "ingress-from-anywhere",
  title: "From anywhere one comes in only on ports 80 and 443 of a public load balancer",
  why: "Every open port is scanned within minutes. Behind the load balancer requests pass its firewall, logs and TLS.",
  fix: "Let in the load balancer's security group (`referencedSecurityGroupId`) or the network's own range instead of everybody.",
  severity: "mandatory",
  check: (plan) => {
    const balancers = publicLoadBalancers(plan);
    return ingresses(plan).flatMap((ingress) => {
      const open = ingress.ranges.filter(isAnywhere);
      if (open.length === 0) return [];
      const where = `${ingress.path === "" ? "it" : ingress.path} lets in ${open.join(" and ")} on ${portsOf(ingress)}`;
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

/** What carries a security group and is no load balancer. Rules only name it. */
function others(plan: Plan, group: PlannedResource): PlannedResource[] {
  const { id } = group.outputs;
  return plan.resources.filter(({ type, custom, inputs, propertyDependencies }) => {
    if (!custom || !type.startsWith("aws:") || /\/(loadBalancer|securityGroup[A-Za-z]*):/.test(type)) return false;
    const named = Object.entries(propertyDependencies).some(
      ([property, urns]) => CARRYING.test(property) && urns.includes(group.urn),
    );
    return named || [...leaves(inputs)].some(({ path, text }) => text === id && /securityGroup/i.test(path));
  });
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
