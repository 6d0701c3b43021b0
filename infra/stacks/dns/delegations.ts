import type { Delegation } from "@fairway/components";
import { type Environment, environmentDomain, isProvided, type Platform } from "@fairway/settings";

/**
 * The names below an environment's domain that the zones of other environments answer for, as far as settings know their name servers.
 * Only the last environment has any: its domain is the platform's own, and the others' hang from it.
 */
export function delegationsOf(platform: Platform, environment: Environment): Delegation[] {
  const above = environmentDomain(platform, environment);
  return Object.values(platform.environments).flatMap((other): Delegation[] => {
    const domain = environmentDomain(platform, other);
    if (!domain.endsWith(`.${above}`) || isProvided(other.dns) || other.dns.nameServers.length === 0) return [];
    return [{ name: other.name, domain, nameServers: other.dns.nameServers }];
  });
}
