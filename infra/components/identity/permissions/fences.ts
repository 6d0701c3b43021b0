import { stateKeyAlias } from "@fairway/settings";
import { byStateKeyAlias, type CiScope, iamArn, type NamedStatement, otherScopes, recordTableArn, stateArns } from "./scope.ts";

/**
 * What no role that deploys may do, whatever else it is allowed: widen what it or others may do, lose states or their key, touch what
 * belongs to another environment. The stack that makes these roles is brought up by a person with an administrator's credentials.
 */
export function fences(ci: CiScope): NamedStatement[] {
  const { platform, scope } = ci;
  const { bucket } = stateArns(ci);
  return [
    {
      Sid: "NotItsOwnRights",
      Effect: "Deny",
      NotAction: ["iam:Get*", "iam:List*"],
      Resource: [
        iamArn(ci, `role/${platform.name}/ci/*`),
        iamArn(ci, `policy/${platform.name}/*`),
        iamArn(ci, "oidc-provider/*"),
        iamArn(ci, "user/*"),
        iamArn(ci, "group/*"),
      ],
    },
    {
      Sid: "NotTheBoundary",
      Effect: "Deny",
      Action: ["iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary"],
      Resource: "*",
    },
    {
      Sid: "NotTheStateBucket",
      Effect: "Deny",
      Action: [
        "s3:DeleteBucket*",
        "s3:DeleteObjectVersion",
        "s3:PutBucket*",
        "s3:PutEncryptionConfiguration",
        "s3:PutLifecycle*",
      ],
      Resource: [bucket, `${bucket}/*`],
    },
    {
      Sid: "NotTheStateKey",
      Effect: "Deny",
      Action: [
        "kms:CreateGrant",
        "kms:DeleteAlias",
        "kms:Disable*",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
        "kms:UpdateAlias",
      ],
      Resource: "*",
      Condition: byStateKeyAlias(ci),
    },
    {
      // Where several environments share an account. What all share is tagged so.
      Sid: "NotAnotherEnvironment",
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: {
        StringNotLike: { "aws:ResourceTag/environment": [scope.name, "shared", "preview-*"] },
        Null: { "aws:ResourceTag/environment": "false" },
      },
    },
    {
      Sid: "NotAnotherState",
      Effect: "Deny",
      Action: "s3:*",
      Resource: otherScopes(ci).flatMap((other) => [stateArns(other).bucket, `${stateArns(other).bucket}/*`]),
    },
    {
      Sid: "NotAnotherStateKey",
      Effect: "Deny",
      Action: "kms:*",
      Resource: "*",
      Condition: {
        "ForAnyValue:StringEquals": {
          "kms:ResourceAliases": otherScopes(ci).map((other) => stateKeyAlias(other.platform, other.scope)),
        },
      },
    },
  ];
}

/** A record is written for this environment only, never taken back, and its table is the registry's. */
export function recordFences(ci: CiScope): NamedStatement[] {
  const table = recordTableArn(ci);
  return [
    {
      Sid: "NoForgedRecords",
      Effect: "Deny",
      Action: ["dynamodb:PutItem", "dynamodb:UpdateItem"],
      Resource: table,
      Condition: { "ForAnyValue:StringNotLike": { "dynamodb:LeadingKeys": `${ci.scope.name}#*` } },
    },
    {
      Sid: "NoLostRecords",
      Effect: "Deny",
      Action: [
        "dynamodb:BatchWriteItem",
        "dynamodb:DeleteItem",
        "dynamodb:DeleteResourcePolicy",
        "dynamodb:DeleteTable",
        "dynamodb:PartiQLDelete",
        "dynamodb:PartiQLInsert",
        "dynamodb:PartiQLUpdate",
        "dynamodb:PutResourcePolicy",
        "dynamodb:UpdateTable",
      ],
      Resource: table,
    },
  ];
}

/**
 * Write deployment records of this environment.
 *
 * @param services whose; `*` for all
 */
export function writeRecords(ci: CiScope, services: string[]): NamedStatement[] {
  return [
    {
      Sid: "WriteRecords",
      Effect: "Allow",
      Action: ["dynamodb:ConditionCheckItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
      Resource: recordTableArn(ci),
      Condition: {
        "ForAllValues:StringLike": { "dynamodb:LeadingKeys": services.map((service) => `${ci.scope.name}#${service}`) },
        Null: { "dynamodb:LeadingKeys": "false" },
      },
    },
  ];
}
