import { awsError, type Handlers, type Input } from "./fake-client.ts";

export interface FakeBucket {
  owner: string;
  region: string;
  /** What was put, by kind: "Encryption", "Policy"… as the API gives it back. */
  settings: Map<string, unknown>;
}

export interface FakeS3 {
  buckets: Map<string, FakeBucket>;
  handlers: Handlers;
}

/** Kinds of settings: what is put under which key, and the error of asking for one that is not there (S3 API reference). */
const KINDS: Record<string, { given: string; absent?: string }> = {
  PublicAccessBlock: { given: "PublicAccessBlockConfiguration", absent: "NoSuchPublicAccessBlockConfiguration" },
  BucketOwnershipControls: { given: "OwnershipControls", absent: "OwnershipControlsNotFoundError" },
  BucketEncryption: { given: "ServerSideEncryptionConfiguration", absent: "ServerSideEncryptionConfigurationNotFoundError" },
  BucketPolicy: { given: "Policy", absent: "NoSuchBucketPolicy" },
  BucketLifecycleConfiguration: { given: "LifecycleConfiguration", absent: "NoSuchLifecycleConfiguration" },
  BucketTagging: { given: "Tagging", absent: "NoSuchTagSet" },
  BucketVersioning: { given: "VersioningConfiguration" },
};

/** These are given back with their contents at the top. */
const UNWRAPPED = new Set(["BucketLifecycleConfiguration", "BucketTagging", "BucketVersioning"]);

export function createS3(account: string, region: string): FakeS3 {
  const buckets = new Map<string, FakeBucket>();

  const owned = ({ Bucket, ExpectedBucketOwner }: Input): FakeBucket => {
    const bucket = buckets.get(String(Bucket));
    if (!bucket) throw awsError("NoSuchBucket", 404, "The specified bucket does not exist");
    if (bucket.owner !== account || (ExpectedBucketOwner !== undefined && ExpectedBucketOwner !== bucket.owner))
      throw awsError("AccessDenied", 403, "Access Denied");
    return bucket;
  };

  const handlers: Handlers = {
    HeadBucketCommand: (input) => {
      const bucket = buckets.get(String(input.Bucket));
      // A HEAD has no body, so these have no code but their status.
      if (!bucket) throw awsError("NotFound", 404);
      if (bucket.owner !== account) throw awsError("403", 403, "UnknownError");
      if (bucket.region !== region) throw awsError("301", 301, "UnknownError");
      return { BucketRegion: bucket.region };
    },
    CreateBucketCommand: ({ Bucket, CreateBucketConfiguration, ObjectOwnership }) => {
      const present = buckets.get(String(Bucket));
      if (present) throw awsError(present.owner === account ? "BucketAlreadyOwnedByYou" : "BucketAlreadyExists", 409);
      const constraint = (CreateBucketConfiguration as { LocationConstraint?: string } | undefined)?.LocationConstraint;
      if ((constraint ?? "us-east-1") !== region) throw awsError("IllegalLocationConstraintException", 400);
      const settings = new Map<string, unknown>([
        // What S3 gives every new bucket since 2023.
        [
          "BucketEncryption",
          { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false }] },
        ],
        [
          "PublicAccessBlock",
          { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        ],
        ["BucketOwnershipControls", { Rules: [{ ObjectOwnership }] }],
      ]);
      buckets.set(String(Bucket), { owner: account, region, settings });
      return {};
    },
  };

  for (const [kind, { given, absent }] of Object.entries(KINDS)) {
    handlers[`Put${kind}Command`] = (input) => {
      owned(input).settings.set(kind, input[given]);
      return {};
    };
    handlers[`Get${kind}Command`] = (input) => {
      const value = owned(input).settings.get(kind);
      if (value === undefined && absent !== undefined) throw awsError(absent, 404);
      return UNWRAPPED.has(kind) ? { ...(value as object | undefined) } : { [given]: value };
    };
  }
  return { buckets, handlers };
}
