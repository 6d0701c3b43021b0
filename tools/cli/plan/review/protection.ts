import type { PlannedResource } from "@fairway/resources";

/** A resource that stays and loses what kept it from being deleted. The deletion itself would then need no leave. */
export interface LostProtection {
  urn: string;
  project: string;
  type: string;
  name: string;
  /** Options of Pulumi that were on and are off. */
  options: ("protect" | "retainOnDelete")[];
}

const OPTIONS = ["protect", "retainOnDelete"] as const;

/** What is protected before and no more after. What is gone is no loss of protection but a guarded change. */
export function lostProtections(before: readonly PlannedResource[], after: readonly PlannedResource[]): LostProtection[] {
  const was = new Map(before.map((resource) => [resource.urn, resource]));
  return after.flatMap((resource) => {
    const { urn, project, type, name } = resource;
    const options = OPTIONS.filter((option) => was.get(urn)?.[option] === true && !resource[option]);
    return options.length > 0 ? [{ urn, project, type, name, options }] : [];
  });
}
