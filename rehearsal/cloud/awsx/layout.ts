import type { PropertyMap, Unknown } from "@fairway/engine";
import { address, overlap, parseRange, type Range } from "../rules/cidr.ts";

/** One entry of `subnetSpecs` with explicit ranges. */
export interface SubnetSpec {
  type: "Public" | "Private" | "Isolated" | "Unused";
  /** Part of the subnets' names; the type in lower case unless given. */
  name: string;
  /** One range a zone. */
  cidrBlocks: string[];
  tags: PropertyMap | Unknown | undefined;
}

export interface Subnet {
  name: string;
  spec: SubnetSpec;
  /** Index of the zone, from 0. */
  zone: number;
  cidrBlock: string;
}

/**
 * The subnets that awsx makes of an `Exact` layout: zone by zone, in the order of the specs.
 *
 * @throws with every fault at once, as awsx would refuse it: ranges that overlap, do not follow on one another zone by zone, or
 * do not fill the VPC.
 */
export function exactLayout(vpcName: string, vpcCidr: string, zones: number, specs: SubnetSpec[]): Subnet[] {
  const faults = specFaults(zones, specs);
  if (faults.length === 0) faults.push(...rangeFaults(vpcName, vpcCidr, zones, specs));
  if (faults.length > 0) throw new Error(`awsx:ec2:Vpc "${vpcName}": the subnet layout can't be used.\n  ${faults.join("\n  ")}`);
  return subnetsOf(vpcName, zones, specs);
}

function subnetsOf(vpcName: string, zones: number, specs: SubnetSpec[]): Subnet[] {
  return Array.from({ length: zones }, (_, zone) =>
    specs.map((spec) => ({ name: `${vpcName}-${spec.name}-${zone + 1}`, spec, zone, cidrBlock: spec.cidrBlocks[zone]! })),
  ).flat();
}

function specFaults(zones: number, specs: SubnetSpec[]): string[] {
  const faults: string[] = [];
  if (specs.length === 0) faults.push("subnetSpecs is empty. Say what each part of the VPC is used for.");
  const seen = new Set<string>();
  for (const { type, name, cidrBlocks } of specs) {
    const label = `${type} "${name}"`;
    if (seen.has(label)) faults.push(`two specs are ${label}. Give one another name.`);
    seen.add(label);
    if (cidrBlocks.length !== zones) {
      faults.push(`${label} has ${cidrBlocks.length} cidrBlocks for ${zones} zones. Give one a zone.`);
    }
    for (const cidr of cidrBlocks) {
      const range = parseRange(cidr);
      if (!range) faults.push(`${label}: "${cidr}" is not an IPv4 range. Write it as in 10.0.0.0/19.`);
      else if (!cidr.startsWith(`${address(range.first)}/`)) faults.push(`${label}: "${cidr}" has host bits set.`);
    }
  }
  return faults;
}

function rangeFaults(vpcName: string, vpcCidr: string, zones: number, specs: SubnetSpec[]): string[] {
  const vpc = parseRange(vpcCidr);
  if (!vpc) return [`cidrBlock "${vpcCidr}" is not an IPv4 range. Write it as in 10.0.0.0/16.`];
  const placed = subnetsOf(vpcName, zones, specs).map((subnet) => ({ ...subnet, range: parseRange(subnet.cidrBlock)! }));
  const overlaps = placed.filter((one) => placed.some((other) => other !== one && overlap(one.range, other.range)));
  if (overlaps.length > 0) return [`these overlap: ${overlaps.map(label).join(", ")}. Give each range to one subnet.`];
  return gapFaults(vpcCidr, vpc, placed);
}

/** awsx walks zone 1's specs, then zone 2's: each must begin where the one before ended. */
function gapFaults(vpcCidr: string, vpc: Range, placed: (Subnet & { range: Range })[]): string[] {
  const faults: string[] = [];
  let next = vpc.first;
  let before = "";
  for (const subnet of placed) {
    if (subnet.range.first !== next) {
      const place = before === "" ? `the VPC's ${vpcCidr} begins` : `${before} ended`;
      faults.push(`${label(subnet)} does not begin at ${address(next)}, where ${place}. Account for the gap with type Unused.`);
    }
    next = subnet.range.first + subnet.range.size;
    before = label(subnet);
  }
  if (next !== vpc.first + vpc.size) {
    faults.push(
      `${before} ends at ${address(next - 1)}, the VPC at ${address(vpc.first + vpc.size - 1)}. Account for the rest with type Unused.`,
    );
  }
  return faults;
}

function label({ name, cidrBlock }: Subnet): string {
  return `${name} (${cidrBlock})`;
}
