import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Asks AWS whether the account has the zones that settings name, before subnets are made in them. Subnets follow from settings alone:
 * a zone that AWS opens moves none.
 *
 * @returns the zones, once AWS has confirmed them
 */
export function confirmedZones(region: string, zones: string[], opts: pulumi.InvokeOptions): pulumi.Output<string[]> {
  // Local zones and Wavelength zones are opted in to, and can't hold what a platform stands on.
  const filters = [{ name: "opt-in-status", values: ["opt-in-not-required"] }];
  return aws.getAvailabilityZonesOutput({ state: "available", filters }, opts).names.apply((available) => {
    const problem = zoneProblem(region, zones, available);
    if (problem) throw new Error(problem);
    return zones;
  });
}

/** What is wrong with the zones of settings, as far as a region's own are known. */
export function zoneProblem(region: string, wanted: string[], available: string[]): string | undefined {
  const missing = wanted.filter((zone) => !available.includes(zone));
  if (missing.length === 0) return undefined;
  const has = `${region} has ${available.length === 1 ? "one zone" : `${available.length} zones`} for this account: ${available.join(", ") || "none"}`;
  const way =
    available.length < 2
      ? "A platform needs two at least: choose another `region` in platform.config.ts."
      : "Name two to four of them in `zones` of platform.config.ts. Zones of subnets that exist can't be changed in place.";
  return `settings name ${missing.join(", ")}, but ${has}. ${way}`;
}
