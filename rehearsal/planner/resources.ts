import {
  type PropertyMap,
  type PropertyValue,
  isMap,
  printPath,
  type ResourceState,
  Secret,
  type StackState,
  Unknown,
} from "@fairway/engine";
import type { Json, JsonMap, PlannedResource } from "@fairway/resources";
import type { StackId } from "./coordinate.ts";

/** A stack that was planned or brought up: enough to see its resources. */
export interface PlannedState extends StackId {
  state: Pick<StackState, "resources">;
  /** For how each resource is known; one that no step names counts as "assumed". */
  steps: readonly { urn: string; known: string }[];
}

/**
 * The resources that a stack has after its update, as plain data: for policies, prices, permissions and pictures. Providers, the stack
 * itself and what waits for its deletion are left out.
 */
export function plannedResources({ project, stack, state, steps }: PlannedState): PlannedResource[] {
  const known = new Map(steps.map((step) => [step.urn, step.known]));
  return state
    .resources()
    .filter(({ type, delete: leaving }) => !leaving && !type.startsWith("pulumi:"))
    .map((resource) => describe(resource, { project, stack }, known.get(resource.urn) ?? "assumed"));
}

function describe(resource: ResourceState, { project, stack }: StackId, known: string): PlannedResource {
  const secrets: string[] = [];
  const unknowns: string[] = [];
  const { urn, type, name, custom, external, parent, dependencies, propertyDependencies, protect, retainOnDelete } = resource;
  const inputs = plainMap(resource.inputs, [], { secrets, unknowns });
  return {
    urn,
    type,
    name,
    project,
    stack,
    custom,
    external,
    inputs,
    outputs: { ...plainMap(resource.outputs, [], { secrets: [], unknowns: [] }), ...(resource.id ? { id: resource.id } : {}) },
    secrets,
    unknowns,
    parent,
    dependencies: [...new Set([...dependencies, ...Object.values(propertyDependencies).flat()])],
    propertyDependencies,
    protect,
    retainOnDelete,
    known,
  };
}

interface Found {
  secrets: string[];
  unknowns: string[];
}

function plainMap(map: PropertyMap, at: readonly (string | number)[], found: Found): JsonMap {
  const entries = Object.entries(map).map(([key, value]) => [key, plain(value, [...at, key], found)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/** JSON of a value; undefined where it is unknown, or is no JSON (assets, references to resources). */
function plain(value: PropertyValue, at: readonly (string | number)[], found: Found): Json | undefined {
  if (value instanceof Unknown) {
    found.unknowns.push(printPath([...at]));
    return undefined;
  }
  if (value instanceof Secret) {
    found.secrets.push(printPath([...at]));
    return plain(value.value, at, found);
  }
  if (Array.isArray(value)) return value.map((each, index) => plain(each, [...at, index], found) ?? null);
  if (isMap(value)) return plainMap(value, at, found);
  return typeof value === "object" && value !== null ? undefined : value;
}
