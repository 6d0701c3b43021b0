import type { ResourceState } from "../types.ts";

/** State whose resources need each other in a circle: no order to create or delete them in. */
export class DependencyCycleError extends Error {
  /** URNs on the circle, in the order in which each needs the next. */
  readonly cycle: readonly string[];

  constructor(cycle: readonly string[]) {
    super(
      `resources depend on each other in a circle: ${[...cycle, cycle[0]].join(" → ")}. ` +
        `Take one of these dependencies (parent, provider, dependsOn, property or deletedWith) out of the program.`,
    );
    this.name = "DependencyCycleError";
    this.cycle = cycle;
  }
}

/** URNs of everything that a resource needs to exist: parent, provider, dependencies, property dependencies and deletedWith. */
export function neededUrns(resource: ResourceState): string[] {
  const urns = new Set(resource.dependencies);
  if (resource.parent !== "") urns.add(resource.parent);
  if (resource.provider !== "") urns.add(resource.provider.slice(0, resource.provider.lastIndexOf("::")));
  if (resource.deletedWith !== "") urns.add(resource.deletedWith);
  for (const property of Object.values(resource.propertyDependencies)) for (const urn of property) urns.add(urn);
  urns.delete(resource.urn);
  return [...urns];
}

/**
 * Resources in an order in which each comes after all it needs. Stable: what is in order stays as it is.
 *
 * A need means the live entry of a URN. Entries that wait for deletion come before what needs their URN, in case it still uses
 * them, and after what they needed, wherever the live entries allow it. Needs of URNs that are not there don't count.
 *
 * @throws DependencyCycleError when live resources need each other in a circle
 */
export function topological(resources: readonly ResourceState[]): ResourceState[] {
  const byUrn = new Map<string, ResourceState[]>();
  for (const resource of resources) {
    const same = byUrn.get(resource.urn);
    if (same === undefined) byUrn.set(resource.urn, [resource]);
    else same.push(resource);
  }

  const needs = new Map<ResourceState, ResourceState[]>();
  const wishes: [from: ResourceState, to: ResourceState][] = [];
  for (const resource of resources) {
    const certain: ResourceState[] = [];
    for (const urn of neededUrns(resource)) {
      for (const needed of byUrn.get(urn) ?? []) {
        if (resource.delete || needed.delete) wishes.push([resource, needed]);
        else certain.push(needed);
      }
    }
    needs.set(resource, certain);
  }

  const order = depthFirst(resources, needs);
  if (wishes.length === 0) return order;
  // Wishes can contradict each other. Those that hold already come first: an order that was found once stays as it is.
  const place = new Map(resources.map((resource, i) => [resource, i]));
  const holds = ([from, to]: [ResourceState, ResourceState]) => place.get(to)! < place.get(from)!;
  for (const [from, to] of [...wishes.filter(holds), ...wishes.filter((wish) => !holds(wish))]) {
    if (!reaches(to, from, needs)) needs.get(from)!.push(to);
  }
  return depthFirst(resources, needs);
}

function depthFirst(resources: readonly ResourceState[], needs: ReadonlyMap<ResourceState, ResourceState[]>): ResourceState[] {
  const order: ResourceState[] = [];
  const done = new Set<ResourceState>();
  const open = new Set<ResourceState>();
  // A stack of its own: a chain of thousands of resources must not overflow the call stack.
  const stack: { resource: ResourceState; next: number }[] = [];
  for (const start of resources) {
    if (done.has(start)) continue;
    stack.push({ resource: start, next: 0 });
    open.add(start);
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const needed = needs.get(top.resource)![top.next++];
      if (needed === undefined) {
        stack.pop();
        open.delete(top.resource);
        done.add(top.resource);
        order.push(top.resource);
      } else if (open.has(needed)) {
        const path = stack.map((frame) => frame.resource);
        throw new DependencyCycleError(path.slice(path.indexOf(needed)).map((resource) => resource.urn));
      } else if (!done.has(needed)) {
        stack.push({ resource: needed, next: 0 });
        open.add(needed);
      }
    }
  }
  return order;
}

function reaches(from: ResourceState, to: ResourceState, needs: ReadonlyMap<ResourceState, ResourceState[]>): boolean {
  const seen = new Set([from]);
  for (const resource of seen) {
    if (resource === to) return true;
    for (const needed of needs.get(resource)!) seen.add(needed);
  }
  return false;
}
