import type { Model } from "../../models/model.ts";
import { policyDocument, sameJson } from "../../rules/policy.ts";
import { arnOf, oneOf, text } from "../../rules/text.ts";
import { arn, text as textOf } from "../names.ts";

/** Days that CloudWatch Logs can keep events for; 0 is for ever (CloudWatch Logs API reference, PutRetentionPolicy). */
export const RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const logGroupModel: Model = {
  type: "aws:cloudwatch/logGroup:LogGroup",
  autoName: { property: "name", max: 512 },
  defaults: { retentionInDays: 0, skipDestroy: false },
  rules: {
    name: text({ min: 1, max: 512, pattern: /^[\w./#-]+$/, allowed: "letters, digits and . - _ / #" }),
    retentionInDays: oneOf(...RETENTION_DAYS),
    logGroupClass: oneOf("STANDARD", "INFREQUENT_ACCESS", "DELIVERY"),
  },
  id: (making) => textOf(making.inputs, "name"),
  outputs: (made) => ({
    arn: arn(made.place, "logs", `log-group:${made.id}`),
    deletionProtectionEnabled: made.inputs.deletionProtectionEnabled ?? false,
    logGroupClass: made.inputs.logGroupClass ?? "STANDARD",
  }),
};

/** Which services may write to log groups: ten policies an account and region (CloudWatch Logs API reference, PutResourcePolicy). */
export const logResourcePolicyModel: Model = {
  type: "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
  rules: { policyName: text({ min: 1, max: 255 }), policyDocument: policyDocument(5120), resourceArn: arnOf("logs") },
  validate: (inputs, fail) => {
    if ((inputs.policyName === undefined) === (inputs.resourceArn === undefined))
      fail("policyName", "exactly one of policyName and resourceArn is needed. Name it, or bind it to one log group.");
  },
  same: { policyDocument: sameJson },
  id: ({ inputs }) => textOf(inputs, "policyName") || textOf(inputs, "resourceArn"),
  outputs: (made) => ({
    policyScope: made.inputs.resourceArn === undefined ? "ACCOUNT" : "RESOURCE",
    revisionId: made.inputs.resourceArn === undefined ? "" : made.hex("revision", 32),
  }),
};
