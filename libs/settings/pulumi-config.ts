import { defaultTags } from "./names.ts";
import type { Environment, Platform } from "./types.ts";

type ConfigFile = Record<string, unknown>;

/**
 * What Pulumi needs to know of an environment: the part of `Pulumi.<env>.yaml` that follows from settings.
 *
 * `allowedAccountIds` makes the AWS provider refuse to work with credentials of another account.
 */
export function pulumiConfig(platform: Platform, environment: Environment): ConfigFile {
  return {
    secretsprovider: `awskms://alias/${platform.name}-${environment.name}-pulumi?region=${environment.region}`,
    config: {
      "aws:region": environment.region,
      "aws:allowedAccountIds": [environment.account],
      "aws:defaultTags": { tags: defaultTags(platform, environment) },
    },
  };
}

/**
 * A configuration file with the wanted settings in it and everything else as it was: `encryptedkey`, `secure:` values, ESC
 * `environment:`, keys that we don't know.
 */
export function mergePulumiConfig(existing: ConfigFile, wanted: ConfigFile): ConfigFile {
  const { config, ...rest } = wanted;
  return { ...existing, ...rest, config: { ...(existing.config as ConfigFile | undefined), ...(config as ConfigFile) } };
}
