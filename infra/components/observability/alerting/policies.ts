import type { Place, Statement } from "../../documents/policy.ts";

/**
 * Who may use the key of encrypted topics: the account by its own IAM policies, and CloudWatch for alarms of this account and
 * region.
 *
 * EventBridge is left out: its calls to KMS carry neither account nor rule, so a statement for it could not be narrowed (Amazon
 * SNS developer guide, "Key management", 2026-09). A rule that publishes here does it as a role of its own.
 */
export function alertKeyStatements(place: Place): Statement[] {
  return [
    { Sid: "Account", Principal: { AWS: `arn:aws:iam::${place.account}:root` }, Action: "kms:*", Resource: "*" },
    {
      Sid: "Alarms",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*", // in a key's own policy: this key
      Condition: ofAlarms(place),
    },
  ];
}

/** Who may publish to a topic: alarms of this account and region, and nobody without TLS. */
export function topicStatements(topicArn: string, place: Place): Statement[] {
  return [
    {
      Sid: "Alarms",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: ofAlarms(place),
    },
    {
      Sid: "RefusePlainHttp",
      Effect: "Deny",
      Principal: "*",
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ];
}

/** Without it another account's alarms could use ours (the confused deputy). */
function ofAlarms({ account, region }: Place) {
  return {
    ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${region}:${account}:alarm:*` },
    StringEquals: { "aws:SourceAccount": account },
  };
}
