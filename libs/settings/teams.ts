import type { Platform } from "./types.ts";

/**
 * The team that runs the platform itself, and hears of its alarms: the one called "platform", else the first in settings.
 *
 * @throws when settings have no team at all
 */
export function platformTeam(platform: Pick<Platform, "teams">): string {
  const [first, ...others] = Object.keys(platform.teams);
  if (first === undefined) {
    throw new Error("platform.config.ts has no team, so nobody would hear of an alarm. Add one to `teams`.");
  }
  return others.includes("platform") ? "platform" : first;
}
