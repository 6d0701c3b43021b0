import type { Json, JsonMap, PlannedResource } from "@fairway/resources";
import type { PolicyResource } from "@pulumi/policy";
import { printed } from "../reading/values.ts";

/**
 * Where a value may be a secret that the CLI unpacks before a pack sees it. There the pack can't tell plain text from a secret, and
 * leaves it to the plan, which can.
 */
const MAYBE_SECRET = ["environment.variables"];

/**
 * A resource as Pulumi's CLI shows it to a pack, as policies look at it. The CLI gives one map, what the resource has after the
 * update, so it stands for inputs and outputs; undefined for Pulumi's own resources.
 *
 * Reading a value that a preview does not know throws in a pack (`UnknownValueError`): that is how unknowns are found.
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
    secrets: MAYBE_SECRET,
    unknowns,
    parent: parent?.urn ?? "",
    dependencies: resource.dependencies.map((other) => other.urn),
    propertyDependencies: Object.fromEntries(dependencies),
    protect: opts.protect,
    retainOnDelete: false,
    known: "by the provider",
  };
}

function plainMap(holder: Record<string, unknown>, path: string, unknowns: string[]): JsonMap {
  const map: JsonMap = {};
  for (const key of Object.keys(holder)) {
    const value = read(holder, key, printed(path, key), unknowns);
    if (value !== undefined) map[key] = value;
  }
  return map;
}

/** The value below a key as JSON; undefined where it is unknown, or no JSON: an asset, for example. */
function read(
  holder: Record<string | number, unknown>,
  key: string | number,
  path: string,
  unknowns: string[],
): Json | undefined {
  let value: unknown;
  try {
    value = holder[key];
  } catch {
    unknowns.push(path);
    return undefined;
  }
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) {
    const list = value as unknown as Record<number, unknown>;
    return Array.from({ length: value.length }, (_, index) => read(list, index, `${path}[${index}]`, unknowns) ?? null);
  }
  if (typeof value !== "object" || isAsset(value)) return undefined;
  return plainMap(value as Record<string, unknown>, path, unknowns);
}

function isAsset(value: object): boolean {
  return ["__pulumiAsset", "__pulumiArchive"].some((mark) => mark in value);
}
