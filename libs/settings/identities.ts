import type { Platform, Scope } from "./types.ts";

/** An IAM role or policy whose name follows from settings, so that any program can name it without reading another's state. */
export interface Identity {
  name: string;
  arn: string;
}

/**
 * What CI does, each with a role of its own in each scope's account (`infra/stacks/account`):
 * - `preview`: reads settings and states, on main only
 * - `deploy-platform`: everything that infrastructure stacks are made of
 * - `deploy-preview`: preview environments, in the first environment only, below a name prefix of its own
 * - `publish`: pushes images, in the registry's account only
 * - `deploy-TEAM`: the services of one team
 */
export type CiRole = "preview" | "deploy-platform" | "deploy-preview" | "publish" | `deploy-${string}`;

/** The role that a CI job assumes. */
export function ciRole(platform: Platform, scope: Scope, role: CiRole): Identity {
  return identity(scope, "role", `/${platform.name}/ci/`, `${platform.name}-${scope.name}-${role}`);
}

/** The most that any role made by a program may ever be allowed. Deploy roles can make only roles that carry it. */
export function permissionsBoundary(platform: Platform, scope: Scope): Identity {
  return identity(scope, "policy", `/${platform.name}/`, `${platform.name}-${scope.name}-boundary`);
}

/** What every role that a program makes is given: a path that says whose it is, and the boundary. */
export interface RoleDefaults {
  /** `/acme/dev/shopping/`: a deploy role may touch only roles below its own path, and the boundary takes a role for its path's team. */
  path: string;
  /** ARN. */
  permissionsBoundary: string;
}

/** @param team whose role it is, as its tag `team` says; the platform's own stacks say "platform" and need no tag */
export function roleDefaults(platform: Platform, scope: Scope, team: string): RoleDefaults {
  return { path: `/${platform.name}/${scope.name}/${team}/`, permissionsBoundary: permissionsBoundary(platform, scope).arn };
}

/** The GitHub environment in which a deploy role's jobs run: GitHub puts it into the token that the role's trust asks for. */
export function githubEnvironment(scope: Pick<Scope, "name">, role: CiRole): string {
  if (role === "deploy-platform") return scope.name;
  if (role === "deploy-preview") return `${scope.name}-preview`;
  if (role === "publish") return "publish";
  return `${scope.name}-${role.replace(/^deploy-/, "")}`;
}

function identity(scope: Scope, kind: "role" | "policy", path: string, name: string): Identity {
  return { name, arn: `arn:aws:iam::${scope.account}:${kind}${path}${name}` };
}
