import type { Model } from "../../models/model.ts";
import { between, oneOf, text } from "../../rules/text.ts";
import { arn, text as textOf } from "../names.ts";

/** Settings that an account, or an account's region, has once: their ids are no names (API references of EC2, S3, Access Analyzer). */
export const guardModels: Model[] = [
  {
    type: "aws:ebs/encryptionByDefault:EncryptionByDefault",
    defaults: { enabled: true },
    id: () => "default",
  },
  {
    type: "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
    rules: { state: oneOf("block-all-sharing", "block-new-sharing", "unblocked") },
    id: () => "default",
  },
  {
    type: "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
    defaults: {
      httpEndpoint: "no-preference",
      httpPutResponseHopLimit: -1,
      httpTokens: "no-preference",
      instanceMetadataTags: "no-preference",
    },
    rules: {
      httpEndpoint: oneOf("enabled", "disabled", "no-preference"),
      httpPutResponseHopLimit: (value, inputs) =>
        value === -1 ? undefined : between(1, 64, "hops, or -1 for no preference")(value, inputs),
      httpTokens: oneOf("optional", "required", "no-preference"),
      instanceMetadataTags: oneOf("enabled", "disabled", "no-preference"),
    },
    id: (making) => making.place.region,
  },
  {
    type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    defaults: { blockPublicAcls: false, blockPublicPolicy: false, ignorePublicAcls: false, restrictPublicBuckets: false },
    id: (making) => textOf(making.inputs, "accountId") || making.place.accountId,
    outputs: (made) => ({ accountId: made.id }),
  },
  {
    type: "aws:accessanalyzer/analyzer:Analyzer",
    defaults: { type: "ACCOUNT" },
    rules: {
      analyzerName: text({
        min: 1,
        max: 255,
        pattern: /^[A-Za-z][\w.-]*$/,
        allowed: "letters, digits, . _ and -, beginning with a letter",
      }),
      type: oneOf(
        "ACCOUNT",
        "ACCOUNT_INTERNAL_ACCESS",
        "ACCOUNT_UNUSED_ACCESS",
        "ORGANIZATION",
        "ORGANIZATION_INTERNAL_ACCESS",
        "ORGANIZATION_UNUSED_ACCESS",
      ),
    },
    id: (making) => textOf(making.inputs, "analyzerName"),
    outputs: (made) => ({ arn: arn(made.place, "access-analyzer", `analyzer/${made.id}`) }),
  },
];
