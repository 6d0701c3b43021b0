import type { Environment, Platform } from "./types.ts";

/** Where an image of a service lives, without tag or digest. One registry serves all environments. */
export function repositoryUrl(platform: Platform, service: string): string {
  const { account, region } = platform.registry;
  return `${account}.dkr.ecr.${region}.amazonaws.com/${platform.name}/${service}`;
}

/** The last environment is served from the domain itself, the others from a name below it. */
export function environmentDomain(platform: Platform, environment: Environment): string {
  const production = Object.keys(platform.environments).at(-1);
  return environment.name === production ? platform.domain : `${environment.name}.${platform.domain}`;
}

/** Tags of everything in an environment: the provider's default tags. A service adds `team`, `service` and `cost-centre`. */
export function defaultTags(platform: Platform, environment: Environment): Record<string, string>;
export function defaultTags(
  platform: Platform,
  environment: Environment,
  owner: { team: string; service?: string },
): Record<string, string>;
export function defaultTags(
  platform: Platform,
  environment: Environment,
  owner?: { team: string; service?: string },
): Record<string, string> {
  const team = owner && platform.teams[owner.team];
  if (owner && !team) {
    throw new Error(`there is no team "${owner.team}". platform.config.ts has ${Object.keys(platform.teams).join(", ")}.`);
  }
  return {
    platform: platform.name,
    environment: environment.name,
    "managed-by": "pulumi",
    ...(owner && team ? { team: owner.team, "cost-centre": team.costCentre } : {}),
    ...(owner?.service ? { service: owner.service } : {}),
  };
}

/** The environment's state backend, as `pulumi login` takes it. Each environment has its own. */
export function stateBackend(platform: Platform, environment: Environment): string {
  return `s3://${platform.name}-${environment.name}-pulumi-state-${environment.account}?region=${environment.region}`;
}
