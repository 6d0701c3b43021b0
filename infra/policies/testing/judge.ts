import type { JsonMap, PlannedResource } from "@fairway/resources";
import { environmentOf } from "@fairway/settings";
import settings from "../../../platform.config.ts";
import { checkPolicies, policies } from "../index.ts";

export const production = environmentOf(settings, "production");

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
    stack: production.name,
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

/** What one policy has against some resources in production: `name: message`. */
export function judge(policy: string, ...resources: PlannedResource[]): string[] {
  const chosen = policies.filter(({ name }) => name === policy);
  if (chosen.length === 0) throw new Error(`there is no policy ${policy}`);
  const report = checkPolicies({
    resources,
    platform: settings,
    scope: production,
    waivers: [],
    today: "2026-11-23",
    policies: chosen,
  });
  return report.violations.map(({ name, message }) => `${name}: ${message}`);
}
