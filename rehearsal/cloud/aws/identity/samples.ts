import { arnPattern, type Sample, sampleArn, samplePolicy, UUID } from "../sample.ts";

const TRUST = samplePolicy({ Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole", Resource: null });
const trust = TRUST.replace(',"Resource":null', "");
const KEY = "11111111-2222-4333-8444-555555555555";
const SECRET = sampleArn("secretsmanager", "secret:db-AbCdEf");
const LONG = samplePolicy({ Resource: Array.from({ length: 400 }, (_, index) => `arn:aws:s3:::bucket-${index}/*`) });

export const identitySamples: Sample[] = [
  {
    type: "aws:iam/role:Role",
    good: { assumeRolePolicy: trust },
    id: /^sample-[0-9a-f]{7}$/,
    outputs: { arn: /^arn:aws:iam::111122223333:role\/sample-[0-9a-f]{7}$/, uniqueId: /^AROA[A-Z2-7]{17}$/ },
    bad: [
      [{ name: "x".repeat(65) }, "name", /at most 64/],
      [{ name: "my role" }, "name", /use letters, digits and _/],
      [{ assumeRolePolicy: "{}" }, "assumeRolePolicy", /has no Statement/],
      [{ assumeRolePolicy: samplePolicy() }, "assumeRolePolicy.Statement[0]", /has no Principal/],
      [{ assumeRolePolicy: LONG }, "assumeRolePolicy", /at most 2048/],
      [{ maxSessionDuration: 60 }, "maxSessionDuration", /3600 to 43200/],
      [{ path: "teams" }, "path", /begins and ends with \//],
      [{ permissionsBoundary: "boundary" }, "permissionsBoundary", /not an ARN of iam/],
    ],
  },
  {
    type: "aws:iam/rolePolicy:RolePolicy",
    good: { role: "catalog", policy: samplePolicy() },
    id: /^catalog:sample-[0-9a-f]{7}$/,
    bad: [
      [{ policy: LONG }, "policy", /at most 10240/],
      [{ policy: samplePolicy({ Action: null }).replace('"Action":null,', "") }, "policy", /neither Action nor NotAction/],
    ],
  },
  {
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    good: { role: "catalog", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
    id: /^catalog\/arn:aws:iam::aws:policy\/ReadOnlyAccess$/,
    bad: [[{ policyArn: "ReadOnlyAccess" }, "policyArn", /not an ARN of iam/]],
  },
  {
    type: "aws:iam/policy:Policy",
    good: { policy: samplePolicy(), path: "/teams/" },
    id: /^arn:aws:iam::111122223333:policy\/teams\/sample-[0-9a-f]{7}$/,
    outputs: { policyId: /^ANPA[A-Z2-7]{17}$/ },
    bad: [[{ policy: LONG }, "policy", /at most 6144/]],
  },
  {
    type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    good: { url: "https://token.actions.githubusercontent.com", clientIdLists: ["sts.amazonaws.com"] },
    id: /^arn:aws:iam::111122223333:oidc-provider\/token\.actions\.githubusercontent\.com$/,
    outputs: { thumbprintLists: /^[0-9a-f]{40}$/ },
    bad: [
      [{ url: "token.actions.githubusercontent.com" }, "url", /begins with https:/],
      [{ clientIdLists: [] }, "clientIdLists", /at least 1/],
      [{ thumbprintLists: ["ab"] }, "thumbprintLists", /at least 40/],
    ],
  },
  {
    type: "aws:kms/key:Key",
    good: { description: "data", enableKeyRotation: true },
    id: new RegExp(`^${UUID}$`),
    outputs: { arn: arnPattern("kms", `key/${UUID}`), keyId: new RegExp(`^${UUID}$`) },
    bad: [
      [{ deletionWindowInDays: 6 }, "deletionWindowInDays", /7 to 30 days/],
      [{ rotationPeriodInDays: 30 }, "rotationPeriodInDays", /90 to 2560 days/],
      [{ enableKeyRotation: false, rotationPeriodInDays: 90 }, "rotationPeriodInDays", /needs enableKeyRotation/],
      [{ keyUsage: "ENCRYPT" }, "keyUsage", /Use one of ENCRYPT_DECRYPT/],
    ],
  },
  {
    type: "aws:kms/alias:Alias",
    good: { targetKeyId: KEY },
    id: /^alias\/sample-[0-9a-f]{7}$/,
    outputs: { arn: arnPattern("kms", "alias/sample-[0-9a-f]{7}"), targetKeyArn: arnPattern("kms", `key/${KEY}`) },
    bad: [
      [{ name: "data" }, "name", /alias\/ and letters/],
      [{ name: "alias/aws/data" }, "name", /which AWS keeps/],
    ],
  },
  {
    type: "aws:secretsmanager/secret:Secret",
    good: { description: "password" },
    id: arnPattern("secretsmanager", "secret:sample-[0-9a-f]{7}-[A-Z2-7]{6}"),
    bad: [
      [{ recoveryWindowInDays: 3 }, "recoveryWindowInDays", /7 to 30 days, or 0/],
      [{ name: "db password" }, "name", /use letters, digits and \//],
    ],
  },
  {
    type: "aws:secretsmanager/secretVersion:SecretVersion",
    good: { secretId: SECRET, secretString: "hunter2" },
    id: new RegExp(`^${SECRET}\\|${UUID}$`),
    outputs: { versionId: new RegExp(`^${UUID}$`) },
    bad: [
      [{ secretString: null }, "secretString", /exactly one of secretString.* 0 are set/],
      [{ secretString: "x".repeat(65_537) }, "secretString", /over 65536 bytes/],
    ],
  },
  {
    type: "aws:ssm/parameter:Parameter",
    good: { name: "/acme/flag", type: "String", value: "on" },
    id: /^\/acme\/flag$/,
    outputs: { arn: arnPattern("ssm", "parameter/acme/flag"), version: /^1$/ },
    bad: [
      [{ type: "Secret" }, "type", /Use one of String, StringList, SecureString/],
      [{ value: "x".repeat(4097) }, "value", /over 4096 bytes, the limit of tier Standard/],
      [{ insecureValue: "off" }, "value", /exactly one of value.* 2 are set/],
      [{ name: "a b" }, "name", /letters, digits and/],
    ],
  },
];
