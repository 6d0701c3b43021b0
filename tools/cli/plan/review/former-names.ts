import type { PlannedState } from "@fairway/planner";
import type { PlannedResource } from "@fairway/resources";

/**
 * A base's resources under the names that they have after the plan: what is only renamed, with an alias, costs, breaks and allows nothing
 * new. As the engine takes it: the alias of a resource of the same project, of which nothing is left under the former name.
 */
export function underNewNames(
  before: readonly PlannedResource[],
  stacks: readonly Pick<PlannedState, "state">[],
): PlannedResource[] {
  const after = stacks.flatMap(({ state }) => state.resources()).filter((resource) => !resource.delete);
  const now = new Set(after.map(({ urn }) => urn));
  const was = new Map(before.map((resource) => [resource.urn, resource]));
  const renamed = new Map<string, { urn: string; name: string; type: string }>();
  for (const { urn, name, type, aliases } of after) {
    if (was.has(urn)) continue;
    const former = aliases.find((alias) => was.has(alias) && !now.has(alias) && projectOf(alias) === projectOf(urn));
    if (former !== undefined && !renamed.has(former)) renamed.set(former, { urn, name, type });
  }
  if (renamed.size === 0) return [...before];
  const current = (urn: string) => renamed.get(urn)?.urn ?? urn;
  return before.map((resource) => ({
    ...resource,
    ...renamed.get(resource.urn),
    parent: current(resource.parent),
    dependencies: resource.dependencies.map(current),
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([key, urns]) => [key, urns.map(current)]),
    ),
  }));
}

/** `urn:pulumi:STACK::PROJECT::TYPE::NAME` */
const projectOf = (urn: string) => urn.split("::")[1];
