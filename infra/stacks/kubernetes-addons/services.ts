import { teamNamespace } from "@fairway/components";

/**
 * The namespace of each service from `TEAM/SERVICE`, as the setting `kubernetes-addons:services` lists them.
 *
 * @throws when an entry has another form, names no team of the platform's, or a service twice
 */
export function targetGroupNamespaces(services: readonly string[], teams: readonly string[]): Record<string, string> {
  const namespaces: Record<string, string> = {};
  for (const entry of services) {
    const [team = "", service = "", ...more] = entry.split("/");
    if (!/^[a-z][a-z0-9-]*$/.test(service) || more.length > 0) {
      throw new Error(`kubernetes-addons:services has "${entry}": write TEAM/SERVICE, for example shopping/catalog.`);
    }
    if (!teams.includes(team)) {
      throw new Error(
        `kubernetes-addons:services has "${entry}", but there is no team "${team}". platform.config.ts has ${teams.join(", ")}.`,
      );
    }
    if (Object.hasOwn(namespaces, service)) {
      throw new Error(`kubernetes-addons:services names the service "${service}" twice. A service has one owner: remove one.`);
    }
    namespaces[service] = teamNamespace(team);
  }
  return namespaces;
}
