import type { PlannedResource } from "@fairway/resources";
import type { Platform } from "@fairway/settings";
import type { Policy, Waiver } from "../types.ts";

/** Whether a waiver names a resource. */
export function covers({ resource: pattern }: Waiver, { urn, project, name }: Pick<PlannedResource, "urn" | "project" | "name">) {
  return matcher(pattern).test(pattern.startsWith("urn:") ? urn : `${project}::${name}`);
}

function matcher(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.*+?^${}()|[\]\\]/g, (each) => (each === "*" ? ".*" : `\\${each}`))}$`);
}

/** Everything that is wrong with the waivers, at once. */
export class WaiverError extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(`infra/policies/waivers.ts has ${problems.length} problem(s):\n${problems.map((each) => `  ${each}`).join("\n")}`);
    this.name = "WaiverError";
    this.problems = problems;
  }
}

interface Against {
  policies: readonly Policy[];
  platform: Platform;
  today: string;
}

/** @throws WaiverError */
export function refuseWrongWaivers(waivers: readonly Waiver[], against: Against): void {
  const problems = waiverProblems(waivers, against);
  if (problems.length > 0) throw new WaiverError(problems);
}

/** What is wrong with the waivers, each with its place, value, rule and fix; empty when they are in order. */
export function waiverProblems(waivers: readonly Waiver[], { policies, platform, today }: Against): string[] {
  const names = policies.map(({ name }) => name);
  const teams = Object.keys(platform.teams);
  const seen = new Set<string>();
  return [
    ...(isDate(today) ? [] : [`today is "${today}": write it as YYYY-MM-DD.`]),
    ...waivers.flatMap((waiver, index) => {
      const { policy, resource, reason, owner, expires } = waiver;
      const at = `waivers[${index}]`;
      const problems: string[] = [];
      if (!names.includes(policy)) {
        problems.push(`${at}.policy is "${policy}": there is no such policy. Take one of ${names.join(", ")}.`);
      }
      if (!isPattern(resource)) {
        problems.push(
          `${at}.resource is "${resource}": write project::name or a URN, with * for any part of either, and not only *. ` +
            `A waiver excepts something, not everything.`,
        );
      }
      if (reason.trim().length < 20) {
        problems.push(`${at}.reason is "${reason}": say in a sentence why the rule does not hold here, and what holds instead.`);
      }
      if (!teams.includes(owner)) {
        problems.push(`${at}.owner is "${owner}": it must be a team of platform.config.ts: ${teams.join(", ")}.`);
      }
      if (!isDate(expires)) problems.push(`${at}.expires is "${expires}": write a day that exists as YYYY-MM-DD.`);
      if (seen.has(`${policy} ${resource}`)) {
        problems.push(`${at} excepts ${resource} from ${policy} a second time: delete one of the two.`);
      }
      seen.add(`${policy} ${resource}`);
      return problems;
    }),
  ];
}

/** `project::name` or a URN, of which not everything is left open. */
function isPattern(resource: string): boolean {
  if (resource.startsWith("urn:")) return /[^*:]/.test(resource.slice("urn:".length)) && resource.split("::").length === 4;
  const parts = resource.split("::");
  return parts.length === 2 && parts.every((part) => part !== "") && parts.some((part) => /[^*]/.test(part));
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
