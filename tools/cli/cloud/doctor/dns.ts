import { type Environment, environmentDomain, isProvided, type Platform } from "@fairway/settings";
import { type Check, fine, note, wrong } from "./finding.ts";

/** The name servers that the world is told for a domain. Rejects with the codes of `node:dns`. */
export type ResolveNs = (domain: string) => Promise<string[]>;

/** The name is known not to be there, or to have no name servers of its own. Anything else means that nobody answered. */
const NOT_DELEGATED = new Set(["ENOTFOUND", "ENODATA"]);

/** Whether the world finds the environment's zone: without it no certificate is issued. */
export function dnsCheck(resolveNs: ResolveNs, platform: Platform, environment: Environment): Check {
  const domain = environmentDomain(platform, environment);
  const above =
    domain === platform.domain ? "at the registrar" : "in the zone above (`pulumi up` in dns of the last environment)";
  return {
    name: "dns",
    run: async () => {
      if (isProvided(environment.dns)) return [fine("dns", `${domain} is in a zone that is provided`)];
      const wanted = names(environment.dns.nameServers);
      if (wanted.length === 0)
        return [
          note(
            "dns",
            `${domain} has no name servers in settings yet`,
            `After the first \`pulumi up\` of dns write its nameServers into environments.${environment.name}.dns.nameServers, and enter them ${above}.`,
          ),
        ];
      try {
        const found = names(await resolveNs(domain));
        if (found.join() === wanted.join()) return [fine("dns", `${domain} is delegated to ${wanted.length} name servers`)];
        const message = `${domain} is delegated to ${found.join(", ")}, and settings say ${wanted.join(", ")}`;
        return [wrong("dns", message, `Enter those of \`pulumi stack output nameServers\` ${above}, and in settings.`)];
      } catch (error) {
        const { code = "" } = error as NodeJS.ErrnoException;
        if (NOT_DELEGATED.has(code))
          return [wrong("dns", `${domain} is not delegated (${code})`, `Enter ${wanted.join(", ")} ${above}.`)];
        return [note("dns", `not looked at: no answer about ${domain} (${code || (error as Error).message})`)];
      }
    },
  };
}

/** Without the dot at their end, in one order. */
const names = (servers: readonly string[]) => servers.map((each) => each.toLowerCase().replace(/\.$/, "")).sort();
