import type { PropertyMap } from "@fairway/engine";
import type { Fail } from "../../models/model.ts";

/** A subnet's arguments that exclude or need one another. */
export function subnetArguments(inputs: PropertyMap, fail: Fail): void {
  if (inputs.availabilityZone !== undefined && inputs.availabilityZoneId !== undefined) {
    fail("availabilityZoneId", "conflicts with availabilityZone. Remove one of them.");
  }
  const ranged = inputs.cidrBlock !== undefined || inputs.ipv4IpamPoolId !== undefined || inputs.ipv6Native === true;
  if (!ranged) fail("cidrBlock", "is required for a subnet that is not IPv6 only. Set it.");
  const zone = inputs.availabilityZone;
  if (typeof zone === "string" && !/^[a-z]{2}(-[a-z]+)+-\d[a-z0-9-]*[a-z]$/.test(zone)) {
    fail("availabilityZone", `"${zone}" is not a zone. Write it as in eu-west-1a.`);
  }
}
