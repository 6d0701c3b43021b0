import type { Json, JsonMap, PlannedResource } from "@fairway/resources";
import type { PolicyResource } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { printed } from "../reading/values.ts";

/** What @pulumi/policy 1.21.0 hands out is a proxy that throws where a value is unknown; by this key it gives what is behind. */
const BEHIND = "__getSpecialProxyTarget";

/** What stands there for an unknown value of each type (@pulumi/pulumi 3.270.0, runtime/rpc). */
const UNKNOWN = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // text
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // list
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // map
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
]);

/**
 * A resource as Pulumi's CLI shows it to a pack, as policies look at it. The CLI gives one map, what the resource has after the
 * update, so it stands for inputs and outputs; undefined for Pulumi's own resources.
 */
export function resourceOf(resource: PolicyResource): PlannedResource | undefined {
  const { urn, type, name, opts, parent } = resource;
  if (type.startsWith("pulumi:")) return undefined;
  const [stack = "", project = ""] = urn.slice("urn:pulumi:".length).split("::");
  const unknowns: string[] = [];
  const properties = plainMap(resource.props, "", unknowns);
  const dependencies = Object.entries(resource.propertyDependencies).map(
    ([property, others]) => [property, others.map((other) => other.urn)] as const,
  );
  return {
    urn,
    type,
    name,
    project,
    stack,
    custom: /^(aws|kubernetes):/.test(type),
    external: false,
    inputs: properties,
    outputs: properties,
    // Unpacked before a pack sees them, so that any value may be one: plans tell plain text from secrets, which a pack can't.
    secrets: Object.keys(properties),
    unknowns,
    parent: parent?.urn ?? "",
    dependencies: resource.dependencies.map((other) => other.urn),
    propertyDependencies: Object.fromEntries(dependencies),
    protect: opts.protect,
    retainOnDelete: false,
    known: "by the provider",
  };
}

/** @param properties through a proxy of the CLI's or without one: reading each value through it takes twenty times as long */
function plainMap(properties: Record<string, unknown>, path: string, unknowns: string[]): JsonMap {
  const behind = (properties[BEHIND] as Record<string, unknown> | undefined) ?? properties;
  const map: JsonMap = {};
  for (const [key, value] of Object.entries(behind)) {
    const plain = read(value, printed(path, key), unknowns);
    if (plain !== undefined) map[key] = plain;
  }
  return map;
}

/** A value as JSON; undefined where it is unknown, or no JSON: an asset, for example. */
function read(value: unknown, path: string, unknowns: string[]): Json | undefined {
  if (typeof value === "string" && UNKNOWN.has(value)) {
    unknowns.push(path);
    return undefined;
  }
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((each, index) => read(each, `${path}[${index}]`, unknowns) ?? null);
  if (typeof value !== "object" || pulumi.asset.Asset.isInstance(value) || pulumi.asset.Archive.isInstance(value))
    return undefined;
  return plainMap(value as Record<string, unknown>, path, unknowns);
}
