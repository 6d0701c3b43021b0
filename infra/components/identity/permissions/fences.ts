import { SHARED, stateKeyAlias } from "@fairway/settings";
import {
  byStateKeyAlias,
  type CiScope,
  everyState,
  hasPreviews,
  iamArn,
  type NamedStatement,
  otherScopes,
  recordTableArn,
  stateArns,
} from "./scope.ts";

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
    staysItself(),
    {
      // Its stack is run by an administrator, who would run whatever providers and deletions a forged state asks for.
      Sid: "NotTheStateOfRights",
      Effect: "Deny",
      Action: ["s3:DeleteObject", "s3:PutObject*"],
      Resource: `${bucket}/.pulumi/*/account/*`,
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
      Action: ["kms:CreateGrant", "kms:Disable*", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"],
      Resource: "*",
      Condition: byStateKeyAlias(ci),
    },
    {
      // An alias is what configuration and the statements here know the key by.
      Sid: "NotItsName",
      Effect: "Deny",
      Action: ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
      Resource: `arn:aws:kms:*:${scope.account}:${everyState(ci).keyAlias}`,
    },
    ...environmentFences(ci),
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

/** No other role's rights by way of that role's trust, which whoever makes a role writes. */
export function staysItself(): NamedStatement {
  return { Sid: "StaysItself", Effect: "Deny", Action: ["sts:AssumeRole", "sts:TagSession"], Resource: "*" };
}

/**
 * Where several environments share an account: nothing that carries another one's tag, and of what all share only what a deployment asks
 * of it. Hosted zones and buckets can't be told apart so, since IAM doesn't know their tags (IAM references of Route 53 and S3, 2026-09):
 * environments that must not touch each other's need accounts of their own.
 */
export function environmentFences(ci: CiScope): NamedStatement[] {
  const { scope } = ci;
  const tag = "aws:ResourceTag/environment";
  const near = [scope.name, ...(scope.name === SHARED ? [] : [SHARED]), ...(hasPreviews(ci) ? ["preview-*"] : [])];
  const others: NamedStatement = {
    Sid: "NotAnotherEnvironment",
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: { StringNotLike: { [tag]: near }, Null: { [tag]: "false" } },
  };
  if (scope.name === SHARED) return [others];
  const shared = { StringEquals: { [tag]: SHARED } };
  return [others, { Sid: "NotWhatIsShared", Effect: "Deny", NotAction: USE_OF_SHARED, Resource: "*", Condition: shared }];
}

/** Look at identities, pull images, read records and write one's own. */
const USE_OF_SHARED = [
  "dynamodb:ConditionCheckItem",
  "dynamodb:Describe*",
  "dynamodb:GetItem",
  "dynamodb:PutItem",
  "dynamodb:Query",
  "dynamodb:UpdateItem",
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:Describe*",
  "ecr:GetDownloadUrlForLayer",
  "ecr:List*",
  "iam:Get*",
  "iam:List*",
];

/** A record is written for this environment only, never deleted, and its table is the registry's. */
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
      // Not a list of what deletes: a time to live, an import or a restored copy does too.
      NotAction: [
        "dynamodb:BatchGetItem",
        "dynamodb:ConditionCheckItem",
        "dynamodb:Describe*",
        "dynamodb:Get*",
        "dynamodb:ListTagsOfResource",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
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
