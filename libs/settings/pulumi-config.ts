import { defaultTags } from "./names.ts";
import type { Environment, Platform } from "./types.ts";

/** The part of a `Pulumi.<env>.yaml` that follows from settings. */
export interface PulumiConfig {
  secretsprovider: string;
  /** By key with its namespace. */
  config: Record<string, unknown>;
}

/**
 * What Pulumi needs to know of an environment.
 *
 * `allowedAccountIds` makes the AWS provider refuse to work with credentials of another account.
 */
export function pulumiConfig(platform: Platform, environment: Environment): PulumiConfig {
  return {
    secretsprovider: `awskms://alias/${platform.name}-${environment.name}-pulumi?region=${environment.region}`,
    config: {
      "aws:region": environment.region,
      "aws:allowedAccountIds": [environment.account],
      "aws:defaultTags": { tags: defaultTags(platform, environment) },
    },
  };
}
