import type { PlannedResource } from "@fairway/resources";
import type { Policy } from "../types.ts";
import { text, unknown } from "../reading/values.ts";

const SWITCHES = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;
const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

export const bucketNotPublic: Policy = {
  name: "bucket-not-public",
  title: "No bucket can be made public",
  why: "One wrong policy or ACL on a bucket without a public access block publishes every object in it.",
  fix: "Give the bucket a BucketPublicAccessBlock with all four switches on, and no public ACL. Serve public files through a CDN.",
  severity: "mandatory",
  check: (plan) => [
    ...plan.each("aws:s3/bucket:Bucket", (bucket) => {
      if (plan.pointingAt(bucket, BLOCK, "bucket").length === 0) return "no BucketPublicAccessBlock belongs to it";
      return publicAcl(bucket);
    }),
    ...plan.each(BLOCK, (block) => {
      const off = SWITCHES.filter((name) => !unknown(block, name) && block.inputs[name] !== true);
      return off.length === 0 ? undefined : `not on: ${off.join(", ")}`;
    }),
    ...plan.each("aws:s3/bucketAcl:BucketAcl", publicAcl),
  ],
};

function publicAcl(resource: PlannedResource): string | undefined {
  const acl = text(resource.inputs.acl) ?? "";
  return /^public-|^authenticated-read$/.test(acl) ? `acl is "${acl}"` : undefined;
}
