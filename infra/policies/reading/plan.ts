import type { PlannedResource } from "@fairway/resources";
import type { Platform, Scope } from "@fairway/settings";
import type { Finding } from "../types.ts";

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
}

/** What is wrong with a resource: nothing, a sentence, or several. */
export type Judge = (resource: PlannedResource) => string | string[] | undefined;

/** @param resources of all projects of one environment */
export function planOf(resources: readonly PlannedResource[], platform: Platform, scope: Scope): Plan {
  const byType = new Map<string, PlannedResource[]>();
  for (const resource of resources) {
    const others = byType.get(resource.type);
    if (others) others.push(resource);
    else byType.set(resource.type, [resource]);
  }
  const of = (...types: string[]) => types.flatMap((type) => byType.get(type) ?? []);
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
    pointingAt(resource, type, property) {
      const names = [resource.outputs.id, resource.outputs.arn, resource.outputs.name].filter((name) => typeof name === "string");
      return of(type).filter(({ inputs, propertyDependencies }) => {
        if (propertyDependencies[property]?.includes(resource.urn)) return true;
        const value = inputs[property];
        return typeof value === "string" && names.includes(value);
      });
    },
  };
}
