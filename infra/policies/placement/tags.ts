import type { JsonMap, PlannedResource } from "@fairway/resources";
import { defaultTags } from "@fairway/settings";
import type { Plan } from "../reading/plan.ts";
import { map, text, unknown } from "../reading/values.ts";
import type { Policy } from "../types.ts";

/** What a service's resources say besides: whose they are, of which service, who pays. */
const OF_SERVICE = ["team", "service", "cost-centre"] as const;

export const tags: Policy = {
  name: "tags",
  title:
    "What can carry tags says what it belongs to: platform, environment, and for a service its team, service and cost centre",
  why: "Costs are split, alarms routed and permissions cut by tags; what has none is nobody's.",
  fix: "Run `npx fairway config`, which writes the provider's default tags, and pass `tags: defaultTags(settings, environment, {team, service})`.",
  severity: "mandatory",
  check: (plan) => {
    const everywhere = defaultTags(plan.platform, plan.scope);
    const services = serviceProjects(plan);
    return plan.resources.flatMap((resource) => {
      const all = tagsOf(resource);
      if (all === undefined || resource.external) return [];
      const given = (name: string) => text(all[name]);
      const problems = Object.entries(everywhere)
        .filter(([name]) => !unknown(resource, `tagsAll.${name}`, `tagsAll["${name}"]`, `tags.${name}`, `tags["${name}"]`))
        .flatMap(([name, wanted]) => (given(name) === wanted ? [] : [missing(name, given(name), wanted)]));
      if (services.has(resource.project)) problems.push(...ofService(plan, given));
      return problems.length === 0 ? [] : [{ resource, message: problems.join("; ") }];
    });
  },
};

function ofService(plan: Plan, given: (name: string) => string | undefined): string[] {
  const absent = OF_SERVICE.filter((name) => given(name) === undefined).map((name) => `no tag ${name}`);
  const owner = given("team");
  if (owner === undefined) return absent;
  const team = plan.platform.teams[owner];
  if (!team) return [...absent, `tag team is "${owner}", which is no team of platform.config.ts`];
  const payer = given("cost-centre");
  return payer === undefined || payer === team.costCentre ? absent : [...absent, missing("cost-centre", payer, team.costCentre)];
}

function missing(name: string, given: string | undefined, wanted: string): string {
  return given === undefined ? `no tag ${name} (${wanted})` : `tag ${name} is "${given}", not "${wanted}"`;
}

/** The tags of a resource with the provider's default ones; undefined for a type that takes none. */
function tagsOf({ type, inputs, outputs, unknowns }: PlannedResource): JsonMap | undefined {
  if (!type.startsWith("aws:") || unknowns.includes("tags") || unknowns.includes("tagsAll")) return undefined;
  const all = map(inputs.tagsAll) ?? map(outputs.tagsAll);
  return all ?? map(inputs.tags);
}

/** Projects that run a service, or hold its data: something in them says so. */
function serviceProjects(plan: Plan): Set<string> {
  const saying = plan.resources.filter(
    (resource) => resource.type === "aws:ecs/service:Service" || tagsOf(resource)?.service !== undefined,
  );
  return new Set(saying.map(({ project }) => project));
}
