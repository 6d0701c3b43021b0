import type { JsonMap, PlannedResource } from "@fairway/resources";
import { environmentOf, type Platform } from "@fairway/settings";
import { checkPolicies, policies } from "../index.ts";

/** A resource as a plan shows it, for what is tedious to make in a fixture. Named and numbered by its place: `case::name`. */
export function resource(
  type: string,
  name: string,
  inputs: JsonMap = {},
  changes: Partial<PlannedResource> = {},
): PlannedResource {
  const project = changes.project ?? "case";
  return {
    urn: `urn:pulumi:production::${project}::${type}::${name}`,
    type,
    name,
    project,
    stack: "production",
    custom: true,
    external: false,
    inputs,
    outputs: {},
    secrets: [],
    unknowns: [],
    parent: "",
    dependencies: [],
    propertyDependencies: {},
    protect: false,
    retainOnDelete: false,
    known: "modelled",
    ...changes,
  };
}

/** Judges in production of a platform. */
export function judging(platform: Platform) {
  const production = environmentOf(platform, "production");
  return { production, judge };

  /** What one policy has against some resources: `name: message`. */
  function judge(policy: string, ...resources: PlannedResource[]): string[] {
    const chosen = policies.filter(({ name }) => name === policy);
    if (chosen.length === 0) throw new Error(`there is no policy ${policy}`);
    const today = "2026-11-23";
    const report = checkPolicies({ resources, platform, scope: production, waivers: [], today, policies: chosen });
    return report.violations.map(({ name, message }) => `${name}: ${message}`);
  }
}
