import type { Platform, Scope } from "./types.ts";

/** Name of the stacks that hold what all environments share (registry, its account), so no environment may have it. */
export const SHARED = "shared";

/** Every name that a stack can have: the environments in promotion order, and "shared". */
export function scopeNames(platform: Platform): string[] {
  return [...Object.keys(platform.environments), SHARED];
}

/** The account and region of the stacks of a name. @throws when there is no such name, naming those that there are. */
export function scopeOf(platform: Platform, name: string): Scope {
  if (name === SHARED) return { name, ...platform.registry };
  const environment = platform.environments[name];
  if (environment) return environment;
  throw new Error(
    `there is no environment "${name}". platform.config.ts has ${scopeNames(platform).join(", ")}: ` +
      `use one of them, or add it there and run \`npx fairway config\`.`,
  );
}

/**
 * Whether a scope is the first of its account. What an account can have only once (GitHub's identity provider, account guards)
 * belongs to that one; small companies keep several environments in one account.
 */
export function ownsAccount(platform: Platform, scope: Scope): boolean {
  const first = scopeNames(platform).find((name) => scopeOf(platform, name).account === scope.account);
  return first === scope.name;
}
