import { isMap, type PropertyMap, unknown } from "@fairway/engine";
import type { Fail, Model } from "../../models/model.ts";
import { policyDocument, sameJson } from "../../rules/policy.ts";
import { list, oneOf, show } from "../../rules/text.ts";
import { text } from "../names.ts";

const SERVICE = "aws:s3";

/** What a bucket is set to, each a resource of its own whose id is the bucket's name. */
export const bucketSettingModels: Model[] = [
  {
    ...setting("bucketPublicAccessBlock"),
    defaults: { blockPublicAcls: false, blockPublicPolicy: false, ignorePublicAcls: false, restrictPublicBuckets: false },
  },
  { ...setting("bucketPolicy"), rules: { policy: policyDocument(20_480) }, same: { policy: sameJson } },
  {
    ...setting("bucketServerSideEncryptionConfiguration"),
    rules: { rules: list({ min: 1, max: 1 }) },
    validate: ({ rules }, fail) => {
      const rule = Array.isArray(rules) ? rules[0] : undefined;
      const encryption = isMap(rule) ? rule.applyServerSideEncryptionByDefault : undefined;
      if (isMap(encryption)) checkEncryption(encryption, fail);
    },
  },
  {
    ...setting("bucketVersioning"),
    validate: ({ versioningConfiguration: configuration }, fail) => {
      const status = isMap(configuration) ? configuration.status : unknown;
      if (status === unknown) return;
      const reason = oneOf("Enabled", "Suspended", "Disabled")(status ?? null, {});
      if (reason) fail("versioningConfiguration.status", reason);
    },
  },
  { ...setting("bucketLifecycleConfiguration"), rules: { rules: list({ min: 1, max: 1000 }) }, validate: checkLifecycle },
  {
    ...setting("bucketOwnershipControls"),
    validate: ({ rule }, fail) => {
      const ownership = isMap(rule) ? rule.objectOwnership : unknown;
      if (ownership === unknown) return;
      const reason = oneOf("BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter")(ownership ?? null, {});
      if (reason) fail("rule.objectOwnership", reason);
    },
  },
];

function setting(name: string): Pick<Model, "type" | "id"> {
  const kind = name[0]!.toUpperCase() + name.slice(1);
  return { type: `${SERVICE}/${name}:${kind}`, id: ({ inputs }) => text(inputs, "bucket") };
}

function checkEncryption({ sseAlgorithm, kmsMasterKeyId }: PropertyMap, fail: Fail): void {
  if (sseAlgorithm === unknown) return;
  const property = "rules[0].applyServerSideEncryptionByDefault";
  const reason = oneOf("AES256", "aws:kms", "aws:kms:dsse")(sseAlgorithm ?? null, {});
  if (reason) fail(`${property}.sseAlgorithm`, reason);
  if (sseAlgorithm === "AES256" && kmsMasterKeyId !== undefined)
    fail(`${property}.kmsMasterKeyId`, "is not for AES256. Use aws:kms or remove it.");
}

const WHAT_IT_DOES = [
  "abortIncompleteMultipartUpload",
  "expiration",
  "noncurrentVersionExpiration",
  "noncurrentVersionTransitions",
  "transitions",
];

function checkLifecycle({ rules }: PropertyMap, fail: Fail): void {
  if (!Array.isArray(rules)) return;
  const ids = rules.filter(isMap).map(({ id }) => id);
  const twice = ids.find((id, index) => typeof id === "string" && ids.indexOf(id) < index);
  if (twice !== undefined) fail("rules", `two have the id ${show(twice)}. Give each its own.`);
  for (const [index, rule] of rules.entries()) {
    if (!isMap(rule)) continue;
    if (rule.status !== unknown && rule.status !== "Enabled" && rule.status !== "Disabled") {
      fail(`rules[${index}].status`, `${show(rule.status ?? null)} is not allowed. Use Enabled or Disabled.`);
    }
    if (WHAT_IT_DOES.every((property) => rule[property] === undefined)) {
      fail(`rules[${index}]`, `does nothing. Set one of ${WHAT_IT_DOES.join(", ")}.`);
    }
    const days = isMap(rule.expiration) ? rule.expiration.days : undefined;
    if (typeof days === "number" && days < 1) fail(`rules[${index}].expiration.days`, `${days} is below 1. Use whole days.`);
  }
}
