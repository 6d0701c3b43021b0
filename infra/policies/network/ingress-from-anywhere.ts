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
      return isEdge ? [] : [{ resource, message: `${where}, and its security group is not a public load balancer's` }];
    });
  },
};

function isWeb({ protocol, from, to }: Ingress): boolean {
  return (protocol === "tcp" || protocol === "6") && from === to && (from === 80 || from === 443);
}

function portsOf({ protocol, from, to }: Ingress): string {
  if (protocol === "-1" || from === undefined) return "every port";
  return from === to ? `${protocol} ${from}` : `${protocol} ${from} to ${to}`;
}
