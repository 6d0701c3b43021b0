import type { ImageAccess, RecordAccess } from "@fairway/components";
import { type CiRole, ciRole, type Platform, scopeNames, scopeOf, SHARED } from "@fairway/settings";

/** Every role of the platform in an environment's account pulls: nodes, tasks, CI. Only `publish` pushes. */
export function imageAccess(platform: Platform): ImageAccess {
  return {
    pullers: rolesByAccount(platform, Object.keys(platform.environments), `${platform.name}/*`),
    publisher: ciRole(platform, scopeOf(platform, SHARED), "publish").arn,
  };
}

/** CI of every account reads all records. Who deploys to an environment writes its records. */
export function recordAccess(platform: Platform): RecordAccess {
  // The platform team's services are deployed by the role that deploys the platform.
  const deployers = new Set<CiRole>(["deploy-platform", ...Object.keys(platform.teams).map((team): CiRole => `deploy-${team}`)]);
  return {
    writers: Object.values(platform.environments).map((environment) => ({
      environment: environment.name,
      account: environment.account,
      roles: [...deployers].map((role) => ciRole(platform, environment, role).arn).sort(),
    })),
    readers: rolesByAccount(platform, scopeNames(platform), `${platform.name}/ci/*`),
  };
}

function rolesByAccount(platform: Platform, scopes: string[], path: string): Record<string, string> {
  const accounts = scopes.map((name) => scopeOf(platform, name).account);
  return Object.fromEntries(accounts.map((account) => [account, `arn:aws:iam::${account}:role/${path}`]));
}
