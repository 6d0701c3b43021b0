import { type Sample, samplePolicy } from "../sample.ts";

const bucket = "acme-logs";

export const storageSamples: Sample[] = [
  {
    type: "aws:s3/bucket:Bucket",
    good: { forceDestroy: true },
    id: /^sample-[0-9a-f]{7}$/,
    outputs: {
      arn: /^arn:aws:s3:::sample-[0-9a-f]{7}$/,
      bucketRegionalDomainName: /^sample-[0-9a-f]{7}\.s3\.eu-west-1\.amazonaws\.com$/,
      hostedZoneId: /^Z1BKCTXD74EZPE$/,
    },
    bad: [
      [{ bucket: "Acme" }, "bucket", /lower-case letters/],
      [{ bucket: "ab" }, "bucket", /at least 3/],
      [{ bucket: "x".repeat(64) }, "bucket", /at most 63/],
      [{ bucket: "-acme" }, "bucket", /a letter or digit at the beginning/],
      [{ bucket: "192.168.0.1" }, "bucket", /no IP address/],
    ],
  },
  {
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    good: { bucket, blockPublicAcls: true },
    id: /^acme-logs$/,
    bad: [[{ blockPublicAcl: true }, "blockPublicAcl", /Did you mean blockPublicAcls/]],
  },
  {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    good: { bucket, policy: samplePolicy({ Principal: "*" }) },
    id: /^acme-logs$/,
    bad: [[{ policy: "allow" }, "policy", /is not JSON/]],
  },
  {
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    good: { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    id: /^acme-logs$/,
    bad: [
      [
        { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES" } }] },
        "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm",
        /AES256, aws:kms/,
      ],
      [
        { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256", kmsMasterKeyId: "k" } }] },
        "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId",
        /is not for AES256/,
      ],
    ],
  },
  {
    type: "aws:s3/bucketVersioning:BucketVersioning",
    good: { bucket, versioningConfiguration: { status: "Enabled" } },
    id: /^acme-logs$/,
    bad: [[{ versioningConfiguration: { status: "On" } }, "versioningConfiguration.status", /Enabled, Suspended, Disabled/]],
  },
  {
    type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    good: { bucket, rules: [{ id: "old", status: "Enabled", expiration: { days: 90 } }] },
    id: /^acme-logs$/,
    bad: [
      [{ rules: [{ id: "old", status: "On", expiration: { days: 90 } }] }, "rules[0].status", /Enabled or Disabled/],
      [{ rules: [{ id: "old", status: "Enabled" }] }, "rules[0]", /does nothing/],
      [{ rules: [{ id: "old", status: "Enabled", expiration: { days: 0 } }] }, "rules[0].expiration.days", /below 1/],
      [
        { rules: Array.from({ length: 2 }, () => ({ id: "old", status: "Enabled", expiration: { days: 9 } })) },
        "rules",
        /two have the id "old"/,
      ],
    ],
  },
  {
    type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    good: { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    id: /^acme-logs$/,
    bad: [[{ rule: { objectOwnership: "Mine" } }, "rule.objectOwnership", /Use one of BucketOwnerEnforced/]],
  },
];
