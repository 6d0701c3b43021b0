import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type Tag,
} from "@aws-sdk/client-s3";
import { isDeepStrictEqual } from "node:util";
import { defaultTags, type Platform, type Scope, stateBucket } from "@fairway/settings";
import type { AwsClients } from "../aws/clients.ts";
import { asking, unlessNamed } from "../aws/explain.ts";
import { different, MISSING, RIGHT, type Standing, type Step } from "../steps.ts";
import { type StateKey, tagList } from "./key.ts";
import { bucketPolicy, mergePolicy, missingStatements, type Policy } from "./policy.ts";

/** Every state that there was in half a year can be had back. */
const OLD_VERSION_DAYS = 180;

const CLOSED = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };

const LIFECYCLE: LifecycleRule = {
  ID: "fairway-old-states",
  Status: "Enabled",
  Filter: { Prefix: "" },
  NoncurrentVersionExpiration: { NoncurrentDays: OLD_VERSION_DAYS },
  // Each update makes and deletes a lock: without this their markers stay for ever.
  Expiration: { ExpiredObjectDeleteMarker: true },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
};

/** How a state bucket is set up, once it exists: each a step of its own. */
export function bucketSettings({ s3 }: Pick<AwsClients, "s3">, platform: Platform, scope: Scope, key: StateKey): Step[] {
  const target = { Bucket: stateBucket(platform, scope), ExpectedBucketOwner: scope.account };
  const wantedPolicy = bucketPolicy(platform, scope);
  const wantedTags = defaultTags(platform, scope);
  const ask = <Answer>(action: string, call: () => Promise<Answer>) =>
    asking({ action, on: `the bucket ${target.Bucket}` }, call);

  return [
    { name: "the bucket's public access, blocked", look: lookAccess, make: makeAccess },
    { name: "the bucket's objects' ownership", look: lookOwnership, make: makeOwnership },
    { name: "the bucket's versions", look: lookVersions, make: makeVersions },
    { name: "the bucket's encryption with the key", look: lookEncryption, make: makeEncryption },
    { name: "the bucket's policy, TLS only", look: lookPolicy, make: makePolicy },
    { name: `the bucket's old versions, gone after ${OLD_VERSION_DAYS} days`, look: lookLifecycle, make: makeLifecycle },
    { name: "the bucket's tags", look: lookTags, make: makeTags },
  ];

  async function lookAccess(): Promise<Standing> {
    const found = await ask("s3:GetBucketPublicAccessBlock", () =>
      unlessNamed(["NoSuchPublicAccessBlockConfiguration"], () => s3.send(new GetPublicAccessBlockCommand(target))),
    );
    if (!found) return MISSING;
    const block: Record<string, unknown> = { ...found.PublicAccessBlockConfiguration };
    const open = Object.keys(CLOSED).filter((name) => block[name] !== true);
    return open.length === 0 ? RIGHT : different(`${open.join(", ")} off`);
  }

  async function makeAccess() {
    await ask("s3:PutBucketPublicAccessBlock", () =>
      s3.send(new PutPublicAccessBlockCommand({ ...target, PublicAccessBlockConfiguration: CLOSED })),
    );
  }

  async function lookOwnership(): Promise<Standing> {
    const found = await ask("s3:GetBucketOwnershipControls", () =>
      unlessNamed(["OwnershipControlsNotFoundError"], () => s3.send(new GetBucketOwnershipControlsCommand(target))),
    );
    if (!found) return MISSING;
    const ownership = found.OwnershipControls?.Rules?.[0]?.ObjectOwnership;
    return ownership === "BucketOwnerEnforced" ? RIGHT : different(`is ${ownership}: object ACLs count`);
  }

  async function makeOwnership() {
    const OwnershipControls = { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" as const }] };
    await ask("s3:PutBucketOwnershipControls", () =>
      s3.send(new PutBucketOwnershipControlsCommand({ ...target, OwnershipControls })),
    );
  }

  async function lookVersions(): Promise<Standing> {
    const { Status } = await ask("s3:GetBucketVersioning", () => s3.send(new GetBucketVersioningCommand(target)));
    if (Status === undefined) return MISSING;
    return Status === "Enabled" ? RIGHT : different(`are ${Status}`);
  }

  async function makeVersions() {
    await ask("s3:PutBucketVersioning", () =>
      s3.send(new PutBucketVersioningCommand({ ...target, VersioningConfiguration: { Status: "Enabled" } })),
    );
  }

  async function lookEncryption(): Promise<Standing> {
    const found = await ask("s3:GetEncryptionConfiguration", () =>
      unlessNamed(["ServerSideEncryptionConfigurationNotFoundError"], () => s3.send(new GetBucketEncryptionCommand(target))),
    );
    const [rule] = found?.ServerSideEncryptionConfiguration?.Rules ?? [];
    if (!rule) return MISSING;
    const { SSEAlgorithm, KMSMasterKeyID } = rule.ApplyServerSideEncryptionByDefault ?? {};
    if (SSEAlgorithm !== "aws:kms") return different(`is ${SSEAlgorithm}, without the key`);
    if (!key.arn || KMSMasterKeyID !== key.arn) return different(`is with another key, ${KMSMasterKeyID}`);
    return rule.BucketKeyEnabled ? RIGHT : different("has no bucket key: each object is a request to KMS");
  }

  async function makeEncryption() {
    const rule = {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" as const, KMSMasterKeyID: key.arn },
      BucketKeyEnabled: true,
    };
    await ask("s3:PutEncryptionConfiguration", () =>
      s3.send(new PutBucketEncryptionCommand({ ...target, ServerSideEncryptionConfiguration: { Rules: [rule] } })),
    );
  }

  async function presentPolicy(): Promise<Policy | undefined> {
    const found = await ask("s3:GetBucketPolicy", () =>
      unlessNamed(["NoSuchBucketPolicy"], () => s3.send(new GetBucketPolicyCommand(target))),
    );
    return found?.Policy === undefined ? undefined : (JSON.parse(found.Policy) as Policy);
  }

  async function lookPolicy(): Promise<Standing> {
    const found = await presentPolicy();
    if (!found) return MISSING;
    const missing = missingStatements(found, wantedPolicy);
    return missing.length === 0 ? RIGHT : different(`lacks ${missing.join(", ")}`);
  }

  async function makePolicy() {
    const Policy = JSON.stringify(mergePolicy(await presentPolicy(), wantedPolicy));
    await ask("s3:PutBucketPolicy", () => s3.send(new PutBucketPolicyCommand({ ...target, Policy })));
  }

  async function presentRules(): Promise<LifecycleRule[]> {
    const found = await ask("s3:GetLifecycleConfiguration", () =>
      unlessNamed(["NoSuchLifecycleConfiguration"], () => s3.send(new GetBucketLifecycleConfigurationCommand(target))),
    );
    return found?.Rules ?? [];
  }

  async function lookLifecycle(): Promise<Standing> {
    const rules = await presentRules();
    const ours = rules.find(({ ID }) => ID === LIFECYCLE.ID);
    if (!ours) return MISSING;
    return saysTheSame(ours) ? RIGHT : different(`rule ${LIFECYCLE.ID} says otherwise`);
  }

  async function makeLifecycle() {
    const others = (await presentRules()).filter(({ ID }) => ID !== LIFECYCLE.ID);
    await ask("s3:PutLifecycleConfiguration", () =>
      s3.send(
        new PutBucketLifecycleConfigurationCommand({ ...target, LifecycleConfiguration: { Rules: [...others, LIFECYCLE] } }),
      ),
    );
  }

  async function presentTags(): Promise<Tag[]> {
    const found = await ask("s3:GetBucketTagging", () =>
      unlessNamed(["NoSuchTagSet"], () => s3.send(new GetBucketTaggingCommand(target))),
    );
    return found?.TagSet ?? [];
  }

  async function lookTags(): Promise<Standing> {
    const present = await presentTags();
    const missing = Object.keys(wantedTags).filter(
      (name) => !present.some(({ Key, Value }) => Key === name && Value === wantedTags[name]),
    );
    if (missing.length === 0) return RIGHT;
    return present.length === 0 ? MISSING : different(`lack ${missing.join(", ")}`);
  }

  async function makeTags() {
    const others = (await presentTags()).filter(({ Key = "" }) => !(Key in wantedTags));
    const TagSet = [...others, ...tagList("Key", "Value", wantedTags)];
    await ask("s3:PutBucketTagging", () => s3.send(new PutBucketTaggingCommand({ ...target, Tagging: { TagSet } })));
  }
}

/** S3 leaves an empty filter out of its answer, or gives it another shape. */
function saysTheSame({ Filter, ...rule }: LifecycleRule): boolean {
  const { Filter: _any, ...wanted } = LIFECYCLE;
  const limits = Object.values(Filter ?? {}).some((value) => value !== undefined && value !== "");
  return !limits && isDeepStrictEqual(withoutNothing(rule), withoutNothing(wanted));
}

function withoutNothing(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}
