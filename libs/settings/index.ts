export type { Environment, Platform, ProvidedNetwork, Repository, Team } from "./types.ts";
export { definePlatform, provided } from "./define.ts";
export type { PlatformInput } from "./schema.ts";
export { type Problem, SettingsError } from "./problems.ts";
export { environmentOf, isProvided } from "./environment.ts";
export { defaultTags, environmentDomain, repositoryUrl, stateBackend } from "./names.ts";
export { pulumiConfig, type PulumiConfig } from "./pulumi-config.ts";
export { cidrContains, cidrOverlaps, parseCidr, type Cidr } from "./cidr.ts";
