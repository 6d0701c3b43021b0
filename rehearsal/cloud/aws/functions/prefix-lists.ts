import { isMap, type PropertyMap, type PropertyValue } from "@fairway/engine";
import type { Place } from "../../models/model.ts";
import { derivedFrom } from "../../models/seed.ts";
import { bad, type FunctionAnswer, good } from "./answer.ts";

/** A prefix list of AWS's own by name. Its id is made up and its ranges are not rehearsed: they change without notice. */
export function managedPrefixList(place: Place, args: PropertyMap): FunctionAnswer {
  const name = wantedName(args, "prefix-list-name");
  if (!name) return bad("name", "is required. Set it, for example to com.amazonaws.global.cloudfront.origin-facing.");
  if (!name.startsWith("com.amazonaws."))
    return bad("name", `"${name}" is no list of AWS's own; only those are rehearsed. Pass the id as configuration.`);
  const id = `pl-${derivedFrom(`${place.region} ${name}`).hex("prefix list", 8)}`;
  return good({
    ...args,
    addressFamily: "IPv4",
    arn: `arn:${place.partition}:ec2:${place.region}:aws:prefix-list/${id}`,
    entries: [],
    id,
    maxEntries: 0,
    name,
    ownerId: "AWS",
    region: place.region,
    tags: {},
    version: 0,
  });
}

export function prefixList(place: Place, args: PropertyMap): FunctionAnswer {
  const answer = managedPrefixList(place, { ...args, name: args.name ?? filtered(args.filters, "prefix-list-name") ?? "" });
  if (answer.failures.length > 0) return answer;
  const { id, name } = answer.result;
  return good({ ...args, cidrBlocks: [], id: id!, name: name!, region: place.region });
}

function wantedName(args: PropertyMap, filter: string): string | undefined {
  const name = args.name ?? filtered(args.filters, filter);
  return typeof name === "string" && name !== "" ? name : undefined;
}

function filtered(filters: PropertyValue | undefined, name: string): PropertyValue | undefined {
  if (!Array.isArray(filters)) return undefined;
  const found = filters.find((filter) => isMap(filter) && filter.name === name);
  return isMap(found) && Array.isArray(found.values) ? found.values[0] : undefined;
}
