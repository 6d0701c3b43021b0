import { defaultTags, stateKeyAlias } from "./names.ts";
import type { Platform, Scope } from "./types.ts";

/** The part of a `Pulumi.<env>.yaml` that follows from settings. */
export interface PulumiConfig {
  secretsprovider: string;
  /** By key with its namespace. */
  config: Record<string, unknown>;
}

/**
 * What Pulumi needs to know of the stacks of a name.
 *
 * `allowedAccountIds` makes the AWS provider refuse to work with credentials of another account.
 */
export function pulumiConfig(platform: Platform, scope: Scope): PulumiConfig {
  return {
    secretsprovider: `awskms://${stateKeyAlias(platform, scope)}?region=${scope.region}`,
    config: {
      "aws:region": scope.region,
      "aws:allowedAccountIds": [scope.account],
      "aws:defaultTags": { tags: defaultTags(platform, scope) },
    },
  };
}
