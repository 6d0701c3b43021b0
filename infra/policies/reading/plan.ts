import type { PlannedResource } from "@fairway/resources";
import type { Platform, Scope } from "@fairway/settings";
import type { Finding } from "../types.ts";
import { texts } from "./values.ts";

/** An environment as policies see it. */
export interface Plan {
  platform: Platform;
  scope: Scope;
  /** Whether what holds data, or what everything stands on, must be guarded here: production, and what environments share. */
  guarded: boolean;
  resources: readonly PlannedResource[];
  of(...types: string[]): PlannedResource[];
  /** What a judge has against each managed resource of some types; a resource of the cloud that is only read is not ours to judge. */
  each(types: string | readonly string[], judge: Judge): Finding[];
  /** The resources of a type whose property names this resource, for example a bucket's policies by their `bucket`. */
  pointingAt(resource: PlannedResource, type: string, property: string): PlannedResource[];
  /** The resources of some types that a resource's property, one value or a list, names: where it comes from, by id or by ARN. */
  namedBy(resource: PlannedResource, property: string, ...types: string[]): PlannedResource[];
}

/** What is wrong with a resource: nothing, a sentence, or several. */
export type Judge = (resource: PlannedResource) => string | string[] | undefined;

/** @param given the resources of all projects of one environment */
export function planOf(given: readonly PlannedResource[], platform: Platform, scope: Scope): Plan {
  const resources = given.map(underOneName);
  const byType = Map.groupBy(resources, ({ type }) => type);
  const of = (...types: string[]) => types.flatMap((type) => byType.get(type) ?? []);
  // Looking each resource up among all others would be slow where there are thousands: what refers to what is indexed when asked.
  const pointing = indexes((type, property) =>
    grouped(of(type), (resource) => [...(resource.propertyDependencies[property] ?? []), ...texts(resource.inputs[property])]),
  );
  const naming = indexes((type) => grouped(of(type), ({ urn, outputs }) => [urn, ...texts(outputs.id), ...texts(outputs.arn)]));
  return {
    platform,
    scope,
    // Images and deployment records serve production too.
    guarded: platform.environments[scope.name]?.protect ?? true,
    resources,
    of,
    each: (types, judge) =>
      of(...(typeof types === "string" ? [types] : types))
        .filter(({ external }) => !external)
        .flatMap((resource) => [judge(resource) ?? []].flat().map((message) => ({ resource, message }))),
    pointingAt({ urn, outputs }, type, property) {
      const names = [outputs.id, outputs.arn, outputs.name].filter((name) => typeof name === "string");
      return [...new Set([urn, ...names].flatMap((name) => pointing(type, property).get(name) ?? []))];
    },
    namedBy({ inputs, propertyDependencies }, property, ...types) {
      const names = [...(propertyDependencies[property] ?? []), ...texts(inputs[property])];
      return [...new Set(types.flatMap((type) => names.flatMap((name) => naming(type).get(name) ?? [])))];
    },
  };
}

/** What policies derive from a plan as a whole, derived once. */
export function oncePerPlan<T>(derive: (plan: Plan) => T): (plan: Plan) => T {
  const known = new WeakMap<Plan, { derived: T }>();
  return (plan) => {
    const found = known.get(plan) ?? { derived: derive(plan) };
    known.set(plan, found);
    return found.derived;
  };
}

/** Resources by each of their names. */
export function grouped(
  resources: readonly PlannedResource[],
  namesOf: (resource: PlannedResource) => Iterable<string>,
): Map<string, PlannedResource[]> {
  const groups = new Map<string, PlannedResource[]>();
  for (const resource of resources) {
    for (const name of new Set(namesOf(resource))) {
      const group = groups.get(name);
      if (group) group.push(resource);
      else groups.set(name, [resource]);
    }
  }
  return groups;
}

/** The provider has load balancers under two names, `aws.lb` and `aws.alb`: rules are written for one. */
function underOneName(resource: PlannedResource): PlannedResource {
  const { type } = resource;
  return type.startsWith("aws:alb/") ? { ...resource, type: type.replace("aws:alb/", "aws:lb/") } : resource;
}

function indexes(build: (...key: string[]) => Map<string, PlannedResource[]>) {
  const built = new Map<string, Map<string, PlannedResource[]>>();
  return (...key: string[]) => {
    const id = key.join(" ");
    const index = built.get(id) ?? build(...key);
    built.set(id, index);
    return index;
  };
}
