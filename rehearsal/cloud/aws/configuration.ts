import {
  changedKeys,
  type CheckFailure,
  type CheckResult,
  diff,
  type DiffResult,
  isMap,
  type PropertyMap,
  type PropertyValue,
  unknown,
} from "@fairway/engine";
import type { Place } from "../models/model.ts";
import { nearMatches } from "../models/near.ts";

/** What the rehearsed AWS needs to know of its provider's configuration. */
export interface AwsConfiguration {
  place: Place;
  /** Given to every resource that takes tags, under the resource's own. */
  defaultTags: Record<string, string>;
}

/** The account of a provider that names none: AWS's own example. */
const EXAMPLE_ACCOUNT = "123456789012";

/** Arguments of `aws.Provider` in 7.48.0. */
const KEYS = (
  "accessKey allowedAccountIds assumeRoleWithWebIdentity assumeRoles customCaBundle defaultTags ec2MetadataServiceEndpoint " +
  "ec2MetadataServiceEndpointMode endpoints forbiddenAccountIds httpProxy httpsProxy ignoreTags insecure maxRetries noProxy profile " +
  "region retryMode s3UsEast1RegionalEndpoint s3UsePathStyle secretKey sharedConfigFiles sharedCredentialsFiles " +
  "skipCredentialsValidation skipMetadataApiCheck skipRegionValidation skipRequestingAccountId stsRegion tagPolicyCompliance token " +
  "tokenBucketRateLimiterCapacity useDualstackEndpoint useFipsEndpoint userAgents"
).split(" ");

/** What the engine itself adds to a provider's inputs. */
const ENGINE_KEYS = ["version", "pluginDownloadURL", "pluginChecksums"];

/** Validates a provider's configuration; lists and maps may come as JSON text, as `aws:*` configuration carries them. */
export function checkConfiguration(inputs: PropertyMap): CheckResult {
  const failures: CheckFailure[] = [];
  const fail = (property: string, reason: string) => failures.push({ property, reason });
  refuseUnknownKeys();
  checkRegion();
  checkAccounts("allowedAccountIds");
  checkAccounts("forbiddenAccountIds");
  if (inputs.allowedAccountIds !== undefined && inputs.forbiddenAccountIds !== undefined) {
    fail("forbiddenAccountIds", "conflicts with allowedAccountIds. Remove one of them.");
  }
  const tags = parsed(inputs.defaultTags);
  if (
    tags !== undefined &&
    tags !== unknown &&
    (!isMap(tags) || !(tags.tags === undefined || tags.tags === unknown || isMap(tags.tags)))
  ) {
    fail("defaultTags", `${shown(inputs.defaultTags)} is not of the form {"tags": {"Team": "platform"}}.`);
  }
  return { inputs, failures };

  function refuseUnknownKeys() {
    for (const key of Object.keys(inputs)) {
      if (KEYS.includes(key) || ENGINE_KEYS.includes(key) || key.startsWith("__")) continue;
      const near = nearMatches(key, KEYS);
      fail(key, `the aws provider has no such setting. ${near.length > 0 ? `Did you mean ${near.join(", ")}?` : "Remove it."}`);
    }
  }

  function checkRegion() {
    const region = inputs.region;
    if (region === undefined || region === "") {
      fail("region", "is required. Set aws:region in the stack's configuration, for example eu-west-1.");
    } else if (region !== unknown && !(typeof region === "string" && /^[a-z]{2}(-[a-z]+)+-\d$/.test(region))) {
      fail("region", `${shown(region)} is not a region. Write it as in eu-west-1.`);
    }
  }

  function checkAccounts(property: "allowedAccountIds" | "forbiddenAccountIds") {
    const accounts = parsed(inputs[property]);
    if (accounts === undefined || accounts === unknown) return;
    const good = (id: PropertyValue) => id === unknown || (typeof id === "string" && /^\d{12}$/.test(id));
    if (Array.isArray(accounts) && accounts.length > 0 && accounts.every(good)) return;
    fail(
      property,
      `${shown(inputs[property])} is not a list of account ids of 12 digits in quotes, for example ["123456789012"].`,
    );
  }
}

/** Only another region or account makes resources be replaced; an SDK's new version, credentials or default tags do not. */
export function diffConfiguration(oldInputs: PropertyMap, newInputs: PropertyMap): DiffResult {
  const before = { ...oldInputs, allowedAccountIds: parsed(oldInputs.allowedAccountIds) ?? [] };
  const after = { ...newInputs, allowedAccountIds: parsed(newInputs.allowedAccountIds) ?? [] };
  const found = diff(before, after).filter(({ keys }) => !ENGINE_KEYS.includes(String(keys[0])));
  const changed = changedKeys(found);
  const replaceKeys = changed.filter((key) => key === "region" || (key === "allowedAccountIds" && movesAccount()));
  const source = "pulumi-aws: a provider of another region or account manages other resources";
  return {
    changedKeys: changed,
    replaceKeys,
    detailedDiff: Object.fromEntries(
      found.map(({ keys, path, kind }) => [
        path,
        { kind, replace: replaceKeys.includes(String(keys[0])), known: "modelled", source },
      ]),
    ),
    deleteBeforeReplace: false,
    recomputed: [],
  };

  function movesAccount(): boolean {
    return accountOf(oldInputs) !== accountOf(newInputs);
  }
}

/** @throws when the configuration can't be used, in the words of the first failure. */
export function readConfiguration(inputs: PropertyMap): AwsConfiguration {
  const [failure] = checkConfiguration(inputs).failures;
  if (failure) throw new Error(`aws provider: ${failure.property} ${failure.reason}`);
  if (inputs.region === unknown)
    throw new Error("aws provider: region is not known yet. Take it from the stack's configuration.");
  const region = inputs.region as string;
  const china = region.startsWith("cn-");
  const tags = parsed(inputs.defaultTags);
  return {
    place: {
      region,
      accountId: accountOf(inputs),
      partition: china ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws",
      dnsSuffix: china ? "amazonaws.com.cn" : "amazonaws.com",
    },
    defaultTags: isMap(tags) && isMap(tags.tags) ? (tags.tags as Record<string, string>) : {},
  };
}

function accountOf(inputs: PropertyMap): string {
  const accounts = parsed(inputs.allowedAccountIds);
  const first = Array.isArray(accounts) ? accounts[0] : undefined;
  return typeof first === "string" ? first : EXAMPLE_ACCOUNT;
}

/** The value itself, or what its JSON text says; text that is no JSON stays text, for the checks to refuse. */
function parsed(value: PropertyValue | undefined): PropertyValue | undefined {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as PropertyValue;
  } catch {
    return value;
  }
}

function shown(value: PropertyValue | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
