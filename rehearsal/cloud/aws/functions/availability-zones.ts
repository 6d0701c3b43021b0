import type { PropertyMap } from "@fairway/engine";
import type { Place } from "../../models/model.ts";

/** Regions with other zone letters than a, b, c: for this account, as AWS maps letters per account. */
const LETTERS: Record<string, string> = {
  "us-east-1": "abcdef",
  "us-west-1": "ac",
  "us-west-2": "abcd",
  "ca-central-1": "abd",
  "ap-northeast-1": "acd",
};

/** The region's zones: three of them, named as most regions do, unless the region is known to differ. */
export function availabilityZones({ region }: Place, args: PropertyMap): PropertyMap {
  const excluded = Array.isArray(args.excludeNames) ? args.excludeNames : [];
  const zones = [...(LETTERS[region] ?? "abc")].map((letter, index) => ({
    name: `${region}${letter}`,
    id: `${short(region)}-az${index + 1}`,
  }));
  const kept = zones.filter(({ name }) => !excluded.includes(name));
  return {
    ...args,
    groupNames: [`${region}-zg-1`],
    id: region,
    names: kept.map(({ name }) => name),
    region,
    zoneIds: kept.map(({ id }) => id),
  };
}

/** `eu-west-1` is `euw1` and `ap-southeast-2` is `apse2` in ids of zones. */
function short(region: string): string {
  const [area, direction, number] = region.split("-");
  const initials = (direction ?? "").replace(
    /(north|south|central)?(east|west|north|south|central)?/,
    (_, first?: string, second?: string) => [first, second].map((word) => word?.[0] ?? "").join(""),
  );
  return `${area}${initials}${number}`;
}
