import type { Platform } from "@fairway/settings";

/** Projects of the house's own stacks. A service of such a name would get the stack's state to write. */
const HOUSE = ["account", "dns", "ecs", "edge", "kubernetes", "kubernetes-addons", "network", "observability", "registry"];

/**
 * Services by owner, from `account:services`: `["shopping/catalog"]`.
 *
 * @throws when a team is none of the platform's, or a service is called as one of the house's stacks
 */
export function servicesByTeam(entries: string[], { teams }: Pick<Platform, "teams">): Record<string, string[]> {
  const services: Record<string, string[]> = {};
  for (const entry of entries) {
    const [team = "", service = ""] = entry.split("/");
    if (!teams[team] || !/^[a-z][a-z0-9-]*$/.test(service)) {
      throw new Error(
        `account:services has "${entry}": write TEAM/SERVICE, with a team of platform.config.ts (${Object.keys(teams).join(", ")}).`,
      );
    }
    if (HOUSE.includes(service)) {
      throw new Error(
        `account:services has "${entry}": ${service} is a stack of infra/stacks, whose state the team could then write. Choose another name.`,
      );
    }
    services[team] = [...(services[team] ?? []), service].sort();
  }
  return services;
}
