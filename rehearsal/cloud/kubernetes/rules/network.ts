import { isMap, type PropertyMap, type PropertyValue } from "@fairway/engine";
import { type Range, parseRange } from "../../rules/cidr.ts";
import type { Fail } from "./names.ts";
import { maps } from "./pods.ts";

/** Rules of a NetworkPolicy: ranges that are ranges, peers that are one thing, ports in order. */
export function checkNetworkPolicy({ spec }: PropertyMap, fail: Fail): void {
  if (!isMap(spec)) return;
  for (const [direction, peers] of [
    ["ingress", "from"],
    ["egress", "to"],
  ] as const) {
    for (const [index, rule] of maps(spec[direction]).entries()) {
      for (const [at, peer] of maps(rule[peers]).entries()) checkPeer(peer, `spec.${direction}[${index}].${peers}[${at}]`, fail);
      for (const [at, port] of maps(rule.ports).entries()) checkPorts(port, `spec.${direction}[${index}].ports[${at}]`, fail);
    }
  }
}

/** Rules of a Service: names where there are several ports, and none of a load balancer that nobody will make. */
export function checkService({ spec }: PropertyMap, fail: Fail): void {
  if (!isMap(spec)) return;
  const ports = maps(spec.ports);
  for (const [index, { name, port, targetPort }] of ports.entries()) {
    if (ports.length > 1 && name === undefined)
      fail(`spec.ports[${index}].name`, "is required where there are several ports. Set it.");
    checkPort(port, `spec.ports[${index}].port`, fail);
    checkPort(targetPort, `spec.ports[${index}].targetPort`, fail);
  }
  if (spec.type === "ExternalName" && spec.externalName === undefined) {
    fail("spec.externalName", "is required of type ExternalName. Set the name that it stands for.");
  }
}

function checkPeer(peer: PropertyMap, path: string, fail: Fail): void {
  const { ipBlock, ...selectors } = peer;
  if (Object.keys(peer).length === 0) fail(path, "is empty. Set ipBlock, podSelector or namespaceSelector.");
  if (!isMap(ipBlock)) return;
  if (Object.keys(selectors).length > 0) fail(path, "has ipBlock beside a selector. Write two peers.");
  const outer = range(ipBlock.cidr, `${path}.ipBlock.cidr`, fail);
  for (const [index, except] of (Array.isArray(ipBlock.except) ? ipBlock.except : []).entries()) {
    const inner = range(except, `${path}.ipBlock.except[${index}]`, fail);
    const isInside =
      !outer || !inner || (inner.mask > outer.mask && inner.first >= outer.first && inner.first < outer.first + outer.size);
    if (!isInside)
      fail(`${path}.ipBlock.except[${index}]`, `${String(except)} is not a part of ${String(ipBlock.cidr)}. Remove it.`);
  }
}

function checkPorts({ port, endPort }: PropertyMap, path: string, fail: Fail): void {
  checkPort(port, `${path}.port`, fail);
  if (typeof endPort !== "number") return;
  if (typeof port === "string" || port === undefined) fail(`${path}.endPort`, "needs a port in numbers. Set port.");
  if (typeof port === "number" && endPort < port) fail(`${path}.endPort`, `${endPort} is below port, ${port}. Raise it.`);
}

function checkPort(port: PropertyValue | undefined, path: string, fail: Fail): void {
  if (typeof port === "number" && (port < 1 || port > 65535)) fail(path, `${port} is no port. Use 1 to 65535.`);
}

/** An IPv4 range; one of IPv6 is not looked at. */
function range(value: PropertyValue | undefined, path: string, fail: Fail): Range | undefined {
  if (typeof value !== "string" || value.includes(":")) return undefined;
  const found = parseRange(value);
  if (!found) fail(path, `"${value}" is not a range. Write it as in 10.0.0.0/16.`);
  return found;
}
