import { isDeepStrictEqual } from "node:util";
import { type Platform, type Scope, stateBucket } from "@fairway/settings";

export interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal: string | Record<string, string | string[]>;
  Action: string | string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

export interface Policy {
  Version: "2012-10-17";
  Statement: Statement[];
}

/**
 * Who may use the key that seals states and secrets. The account's IAM policies decide; whatever they say, no role of the platform may
 * make the key unusable or open it to others: without it every secret in configuration and states is lost for good.
 */
export function keyPolicy(platform: Platform, scope: Scope): Policy {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AccountDecides",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${scope.account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "PlatformRolesMayNotLoseIt",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: [
          "kms:CreateGrant",
          "kms:DeleteAlias",
          "kms:DisableKey",
          "kms:DisableKeyRotation",
          "kms:PutKeyPolicy",
          "kms:ScheduleKeyDeletion",
          "kms:UpdateAlias",
        ],
        Resource: "*",
        Condition: platformRoles(platform, scope),
      },
    ],
  };
}

/**
 * Only over TLS; no role of the platform may erase the history of states or weaken the bucket, or write the state of the stack that makes
 * these roles: an administrator runs it, and whatever providers and deletions a forged one asks for.
 */
export function bucketPolicy(platform: Platform, scope: Scope): Policy {
  const arn = `arn:aws:s3:::${stateBucket(platform, scope)}`;
  const everything = [arn, `${arn}/*`];
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OnlyOverTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: everything,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Sid: "OnlyOverTls12",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: everything,
        Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
      },
      {
        Sid: "PlatformRolesMayNotErase",
        Effect: "Deny",
        Principal: "*",
        Action: [
          "s3:DeleteBucket",
          "s3:DeleteBucketPolicy",
          "s3:DeleteObjectVersion",
          "s3:PutBucketOwnershipControls",
          "s3:PutBucketPolicy",
          "s3:PutBucketPublicAccessBlock",
          "s3:PutBucketVersioning",
          "s3:PutEncryptionConfiguration",
          "s3:PutLifecycleConfiguration",
        ],
        Resource: everything,
        Condition: platformRoles(platform, scope),
      },
      {
        Sid: "PlatformRolesMayNotForgeTheirRights",
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:DeleteObject", "s3:PutObject"],
        // stacks, backups, history, locks/organization
        Resource: `${arn}/.pulumi/*/account/*`,
        Condition: platformRoles(platform, scope),
      },
    ],
  };
}

/** Every role that CI assumes or that a program makes: see `ciRole` and `roleDefaults`. */
function platformRoles(platform: Platform, scope: Scope): NonNullable<Statement["Condition"]> {
  return { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${scope.account}:role/${platform.name}/*` } };
}

/** Sids of ours that a policy lacks or says otherwise. */
export function missingStatements(found: Policy | undefined, wanted: Policy): string[] {
  return wanted.Statement.filter(
    (statement) => !found?.Statement.some((each) => isDeepStrictEqual(normal(each), normal(statement))),
  ).map(({ Sid = "" }) => Sid);
}

/** The found policy with our statements in it: those of other names stay, for an organisation adds its own. */
export function mergePolicy(found: Policy | undefined, wanted: Policy): Policy {
  const ours = new Set(wanted.Statement.map(({ Sid }) => Sid));
  return { ...wanted, Statement: [...(found?.Statement ?? []).filter(({ Sid }) => !ours.has(Sid)), ...wanted.Statement] };
}

/** AWS gives a list of one back as its only element, and lists in an order of its own. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? normal(value[0]) : value.map(normal).sort(byText);
  if (typeof value !== "object" || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, normal(each)]));
}

function byText(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}
