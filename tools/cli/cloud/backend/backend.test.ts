import { describe, expect, test } from "vitest";
import { evaluate, type NamedPolicy, type PolicyDocument } from "@fairway/iam";
import { stateBucket, stateKeyAlias } from "@fairway/settings";
import { setUpBackend } from "../../commands/init.ts";
import { createFakeAws, type FakeAws } from "../testing/fake-aws.ts";
import { recorder } from "../testing/outside.ts";
import { dev, platform } from "../testing/platform.ts";
import { bucketPolicy, type Policy } from "./policy.ts";

const BUCKET = stateBucket(platform, dev);
const ALIAS = stateKeyAlias(platform, dev);
const MAKE = { yes: true, dryRun: false, json: false };

/** The most careless policy that a role could have: what is refused then, the bucket itself refuses. */
const EVERYTHING: NamedPolicy = {
  name: "everything",
  document: { Version: "2012-10-17", Statement: { Sid: "All", Effect: "Allow", Action: "*", Resource: "*" } },
};

/** Runs the command against a cloud; what it asks is answered with `answer`. */
async function init(aws: FakeAws, options: Partial<typeof MAKE> = {}, answer = true) {
  const output = recorder();
  const waits: number[] = [];
  const questions: string[] = [];
  const outside = {
    clients: () => aws.clients,
    confirm: async (question: string) => Boolean(questions.push(question)) && answer,
    output,
    clock: { wait: async (milliseconds: number) => void waits.push(milliseconds) },
  };
  await setUpBackend(platform, dev, { ...MAKE, ...options }, outside);
  return { said: output.said.join("\n"), printed: output.printed.join("\n"), waits, questions };
}

const bucketOf = (aws: FakeAws) => aws.s3.buckets.get(BUCKET)!;
const writes = (aws: FakeAws) => aws.calls.filter((name) => !/^(Get|Head|Describe|List)/.test(name));

describe("an empty account", () => {
  test("gets a key that rotates, has its alias, and that no role of the platform can destroy", async () => {
    const aws = createFakeAws(dev);
    await init(aws);
    expect(aws.kms.keys).toHaveLength(1);
    const [key] = aws.kms.keys;
    expect(key).toMatchObject({ rotation: true, state: "Enabled" });
    expect(aws.kms.aliases.get(ALIAS)).toBe(key!.id);
    const policy = JSON.parse(key!.policy) as Policy;
    expect(policy.Statement).toContainEqual(
      expect.objectContaining({
        Effect: "Deny",
        Action: expect.arrayContaining(["kms:CreateGrant", "kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:PutKeyPolicy"]),
        Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/acme/*" } },
      }),
    );
  });

  test("gets a bucket that is private, versioned, encrypted with that key, and open over TLS only", async () => {
    const aws = createFakeAws(dev);
    await init(aws);
    const { region, settings } = bucketOf(aws);
    expect(region).toBe("eu-west-1");
    expect(settings.get("PublicAccessBlock")).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(settings.get("BucketVersioning")).toEqual({ Status: "Enabled" });
    expect(settings.get("BucketEncryption")).toEqual({
      Rules: [
        {
          ApplyServerSideEncryptionByDefault: {
            SSEAlgorithm: "aws:kms",
            KMSMasterKeyID: `arn:aws:kms:eu-west-1:222222222222:key/${aws.kms.keys[0]!.id}`,
          },
          BucketKeyEnabled: true,
        },
      ],
    });
    expect(settings.get("BucketOwnershipControls")).toEqual({ Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] });
    expect(settings.get("BucketPolicy")).toContain('"aws:SecureTransport":"false"');
    expect(settings.get("BucketLifecycleConfiguration")).toMatchObject({
      Rules: [{ NoncurrentVersionExpiration: { NoncurrentDays: 180 } }],
    });
    expect(settings.get("BucketTagging")).toMatchObject({
      TagSet: expect.arrayContaining([{ Key: "environment", Value: "dev" }]),
    });
  });

  test("keeps the platform's roles, not its administrators, from writing the state of the stack that makes these roles", () => {
    const write = (by: string, key: string) => {
      const resource: NamedPolicy = { name: "bucket", document: bucketPolicy(platform, dev) as PolicyDocument };
      const principal = { kind: "role", arn: `arn:aws:iam::222222222222:role/${by}` } as const;
      const context = { "aws:SecureTransport": "true", "s3:TlsVersion": "1.3" };
      const asked = { principal, action: "s3:PutObject", resource: `arn:aws:s3:::${BUCKET}/.pulumi/${key}`, context };
      return evaluate(asked, { identity: [EVERYTHING], resource }).allowed;
    };
    const deployer = "acme/ci/acme-dev-deploy-platform";
    for (const key of ["stacks/account/dev.json", "backups/account/dev/dev.1.json", "locks/organization/account/dev/1.json"]) {
      expect([key, write(deployer, key), write("aws-reserved/administrator", key)]).toEqual([key, false, true]);
    }
    expect(write(deployer, "stacks/network/dev.json")).toBe(true);
  });

  test("says what comes next, with the addresses of this environment", async () => {
    const { printed } = await init(createFakeAws(dev));
    expect(printed).toContain(`pulumi login 's3://${BUCKET}?region=eu-west-1'`);
    expect(printed).toContain(`--secrets-provider 'awskms://${ALIAS}?region=eu-west-1'`);
  });

  test("is only looked at with --dry-run", async () => {
    const aws = createFakeAws(dev);
    const { said } = await init(aws, { dryRun: true });
    expect(writes(aws)).toEqual([]);
    expect(said).toMatch(new RegExp(`create +bucket ${BUCKET}`));
  });

  test("stays empty when the person says no", async () => {
    const aws = createFakeAws(dev);
    await expect(init(aws, { yes: false }, false)).rejects.toThrow("Nothing was changed.");
    expect(writes(aws)).toEqual([]);
  });

  test("asks once, saying which account", async () => {
    const { questions, said } = await init(createFakeAws(dev), { yes: false });
    expect(questions).toHaveLength(1);
    expect(said).toContain("account 222222222222, eu-west-1, as arn:aws:sts::222222222222:assumed-role/Administrator/ada");
  });

  test("waits until KMS has spread a new key", async () => {
    const aws = createFakeAws(dev);
    aws.kms.spreading.left = 3;
    const { waits } = await init(aws);
    expect(waits).toEqual([1_000, 1_000, 1_000]);
    expect(aws.kms.keys[0]).toMatchObject({ rotation: true });
  });

  test("in us-east-1 the bucket is made without naming the region, as S3 demands", async () => {
    const there = { ...dev, region: "us-east-1" };
    const aws = createFakeAws(there);
    const outside = {
      clients: () => aws.clients,
      confirm: async () => true,
      output: recorder(),
      clock: { wait: async () => {} },
    };
    await setUpBackend(platform, there, MAKE, outside);
    expect(bucketOf(aws).region).toBe("us-east-1");
  });
});

describe("run again", () => {
  test("it changes nothing and does not ask", async () => {
    const aws = createFakeAws(dev);
    await init(aws);
    aws.calls.length = 0;
    const again = await init(aws, { yes: false });
    expect(writes(aws)).toEqual([]);
    expect(again.questions).toEqual([]);
    expect(again.printed).toContain("Nothing to change.");
  });

  test("it tells as JSON what exists", async () => {
    const aws = createFakeAws(dev);
    await init(aws);
    const { printed } = await init(aws, { json: true });
    expect(JSON.parse(printed)).toMatchObject({
      scope: "dev",
      account: "222222222222",
      bucket: BUCKET,
      keyAlias: ALIAS,
      changed: false,
    });
  });

  test("it mends what someone loosened, and keeps what they added", async () => {
    const aws = createFakeAws(dev);
    await init(aws);
    const { settings } = bucketOf(aws);
    settings.set("BucketVersioning", { Status: "Suspended" });
    settings.set("PublicAccessBlock", { ...(settings.get("PublicAccessBlock") as object), BlockPublicPolicy: false });
    const audit = {
      Sid: "Audit",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::999999999999:root" },
      Action: "s3:ListBucket",
      Resource: "*",
    };
    settings.set("BucketPolicy", JSON.stringify({ Version: "2012-10-17", Statement: [audit] }));
    const own = { ID: "theirs", Status: "Enabled", Filter: { Prefix: "x/" }, Expiration: { Days: 3 } };
    settings.set("BucketLifecycleConfiguration", { Rules: [own] });
    settings.set("BucketTagging", { TagSet: [{ Key: "auditor", Value: "yes" }] });
    aws.kms.keys[0]!.rotation = false;

    const { said } = await init(aws);
    expect(said).toContain("the bucket's versions: are Suspended");
    expect(said).toContain("the bucket's public access, blocked: BlockPublicPolicy off");
    expect(settings.get("BucketVersioning")).toEqual({ Status: "Enabled" });
    expect(settings.get("PublicAccessBlock")).toMatchObject({ BlockPublicPolicy: true });
    expect((JSON.parse(settings.get("BucketPolicy") as string) as Policy).Statement.map(({ Sid }) => Sid)).toEqual([
      "Audit",
      "OnlyOverTls",
      "OnlyOverTls12",
      "PlatformRolesMayNotErase",
      "PlatformRolesMayNotForgeTheirRights",
    ]);
    expect(settings.get("BucketLifecycleConfiguration")).toMatchObject({ Rules: [own, { ID: "fairway-old-states" }] });
    expect((settings.get("BucketTagging") as { TagSet: unknown[] }).TagSet).toContainEqual({ Key: "auditor", Value: "yes" });
    expect(aws.kms.keys[0]).toMatchObject({ rotation: true });
  });

  test("it takes a key back that someone scheduled for deletion", async () => {
    const aws = createFakeAws(dev);
    await init(aws);
    aws.kms.keys[0]!.state = "PendingDeletion";
    const { said } = await init(aws);
    expect(said).toContain("is PendingDeletion");
    expect(aws.kms.keys).toEqual([expect.objectContaining({ state: "Enabled" })]);
  });

  test.each([
    "CreateAliasCommand",
    "EnableKeyRotationCommand",
    "CreateBucketCommand",
    "PutBucketEncryptionCommand",
    "PutBucketPolicyCommand",
  ])("it goes on where a run broke off at %s, with one key and one bucket", async (command) => {
    const aws = createFakeAws(dev);
    aws.fail(command, { name: "InternalError", status: 500 }, 1);
    await expect(init(aws)).rejects.toThrow(/InternalError[^]*of \d+ are right; run the same command again/);
    await init(aws);
    expect(aws.kms.keys).toHaveLength(1);
    aws.calls.length = 0;
    await init(aws);
    expect(writes(aws)).toEqual([]);
  });
});

describe("it refuses", () => {
  test("credentials of another account, with exit code 3, before any other call", async () => {
    const aws = createFakeAws(dev, { caller: "999999999999" });
    await expect(init(aws)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(
        /in account 999999999999, and "dev" is in account 222222222222 \(platform\.config\.ts\)[^]*Nothing was changed/,
      ),
    });
    expect(aws.calls).toEqual(["GetCallerIdentityCommand"]);
  });

  test("a bucket of that name that someone else owns, saying what to rename", async () => {
    const aws = createFakeAws(dev);
    aws.s3.buckets.set(BUCKET, { owner: "999999999999", region: "eu-west-1", settings: new Map() });
    await expect(init(aws)).rejects.toThrow(/owned by another account[^]*choose another `name` in platform\.config\.ts/);
    expect(writes(aws)).toEqual([]);
  });

  test("a bucket of ours in another region", async () => {
    const aws = createFakeAws(dev);
    aws.s3.buckets.set(BUCKET, { owner: dev.account, region: "eu-central-1", settings: new Map() });
    await expect(init(aws)).rejects.toThrow(/platform\.config\.ts says eu-west-1\. A bucket can't move/);
  });

  test.each([
    [
      "CredentialsProviderError",
      "Could not load credentials from any providers",
      /no AWS credentials here\. Sign in: `aws sso login/,
    ],
    ["ExpiredToken", "The security token included in the request is expired", /session has ended\. Sign in/],
    ["InvalidClientTokenId", "The security token included in the request is invalid", /does not know these credentials/],
    ["TimeoutError", "Request timed out", /No answer from AWS\. Check the network/],
  ])("to go on after %s, and says how to get credentials that work", async (name, message, advice) => {
    const aws = createFakeAws(dev);
    aws.fail("GetCallerIdentityCommand", { name, message });
    await expect(init(aws)).rejects.toThrow(advice);
  });

  test("a role that may not make buckets, naming the action, the bucket and who may", async () => {
    const aws = createFakeAws(dev);
    aws.fail("CreateBucketCommand", { name: "AccessDenied", status: 403, message: "Access Denied" });
    await expect(init(aws)).rejects.toThrow(
      new RegExp(`s3:CreateBucket on the bucket ${BUCKET}: AccessDenied[^]*an administrator of the account`),
    );
  });

  test("a throttling that outlasts the SDK's own retries", async () => {
    const aws = createFakeAws(dev);
    aws.fail("CreateKeyCommand", { name: "ThrottlingException", message: "Rate exceeded" });
    await expect(init(aws)).rejects.toThrow(/ThrottlingException: Rate exceeded[^]*Wait a minute/);
  });
});
