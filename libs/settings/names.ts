import type { Environment, Platform, Scope } from "./types.ts";

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

/** Tags of everything in a scope: the provider's default tags. A service adds `team`, `service` and `cost-centre`. */
export function defaultTags(
  platform: Platform,
  scope: Scope,
  owner?: { team: string; service?: string },
): Record<string, string> {
  const team = owner && platform.teams[owner.team];
  if (owner && !team) {
    throw new Error(`there is no team "${owner.team}". platform.config.ts has ${Object.keys(platform.teams).join(", ")}.`);
  }
  return {
    platform: platform.name,
    environment: scope.name,
    "managed-by": "pulumi",
    ...(owner && team ? { team: owner.team, "cost-centre": team.costCentre } : {}),
    ...(owner?.service ? { service: owner.service } : {}),
  };
}

/** The bucket of a scope's states. Each scope has its own, in its own account. */
export function stateBucket(platform: Platform, scope: Scope): string {
  return `${platform.name}-${scope.name}-pulumi-state-${scope.account}`;
}

/** A scope's state backend, as `pulumi login` takes it. */
export function stateBackend(platform: Platform, scope: Scope): string {
  return `s3://${stateBucket(platform, scope)}?region=${scope.region}`;
}

/** Alias of the key that seals secrets in a scope's configuration and states. */
export function stateKeyAlias(platform: Platform, scope: Scope): string {
  return `alias/${platform.name}-${scope.name}-pulumi`;
}

/** The table of deployment records, in the registry's account: one for all environments. */
export function recordTable(platform: Platform): { name: string; arn: string } {
  const { account, region } = platform.registry;
  const name = `${platform.name}-deployments`;
  return { name, arn: `arn:aws:dynamodb:${region}:${account}:table/${name}` };
}
