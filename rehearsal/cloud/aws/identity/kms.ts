import type { PropertyMap } from "@fairway/engine";
import type { Fail, Model } from "../../models/model.ts";
import { policyDocument, sameJson } from "../../rules/policy.ts";
import { all, between, oneOf, text } from "../../rules/text.ts";
import { arn, lastPart, text as textOf, uuid } from "../names.ts";

/** KMS keys and their names (KMS API reference, CreateKey and CreateAlias). */
export const kmsModels: Model[] = [
  {
    type: "aws:kms/key:Key",
    guarded: "data",
    defaults: {
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      enableKeyRotation: false,
      isEnabled: true,
      keyUsage: "ENCRYPT_DECRYPT",
    },
    rules: {
      deletionWindowInDays: between(7, 30, "days"),
      rotationPeriodInDays: between(90, 2560, "days"),
      keyUsage: oneOf("ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"),
      description: text({ max: 8192 }),
      policy: policyDocument(32_768),
    },
    validate: checkRotation,
    same: { policy: sameJson },
    id: (making) => uuid(making, "key"),
    outputs: (made) => ({
      arn: arn(made.place, "kms", `key/${made.id}`),
      keyId: made.id,
      multiRegion: made.inputs.multiRegion ?? false,
      policy: made.inputs.policy ?? defaultPolicy(made.place.partition, made.place.accountId),
    }),
  },
  {
    type: "aws:kms/alias:Alias",
    autoName: { property: "name", max: 256, prefix: "alias/" },
    rules: {
      name: all(
        text({ max: 256, pattern: /^alias\/[\w/-]+$/, allowed: "alias/ and letters, digits, slashes, hyphens and underscores" }),
        (value) =>
          String(value).startsWith("alias/aws/")
            ? `"${String(value)}" begins with alias/aws/, which AWS keeps. Choose another name.`
            : undefined,
      ),
    },
    id: (making) => textOf(making.inputs, "name"),
    outputs: (made) => {
      const key = textOf(made.inputs, "targetKeyId");
      return {
        arn: arn(made.place, "kms", textOf(made.inputs, "name")),
        targetKeyArn: key.startsWith("arn:") ? key : arn(made.place, "kms", `key/${lastPart(key)}`),
      };
    },
    recomputed: { targetKeyArn: ["targetKeyId"] },
  },
];

function checkRotation(inputs: PropertyMap, fail: Fail): void {
  if (inputs.rotationPeriodInDays !== undefined && inputs.enableKeyRotation !== true) {
    fail("rotationPeriodInDays", "needs enableKeyRotation: true. Set it.");
  }
  if (inputs.enableKeyRotation === true && inputs.customerMasterKeySpec !== "SYMMETRIC_DEFAULT") {
    fail("enableKeyRotation", "is only for symmetric keys. Remove it.");
  }
}

function defaultPolicy(partition: string, account: string): string {
  const statement = {
    Sid: "Enable IAM User Permissions",
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${account}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  return JSON.stringify({ Version: "2012-10-17", Id: "key-default-1", Statement: [statement] });
}
