import type { Replacements } from "../../models/model.ts";
import { REGION, generallyKnown, read } from "../sources.ts";

/** What forces replacement; see ../replacement.ts. */
export const storageReplacement: Record<string, Replacements> = {
  "aws:s3/bucket:Bucket": {
    source: read("s3/bucket.go"),
    properties: [REGION, "bucket", "bucketPrefix", "bucketNamespace", "objectLockEnabled"],
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    source: generallyKnown("s3/bucket_public_access_block.go"),
    properties: [REGION, "bucket"],
  },
  "aws:s3/bucketPolicy:BucketPolicy": { source: generallyKnown("s3/bucket_policy.go"), properties: [REGION, "bucket"] },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    source: generallyKnown("s3/bucket_server_side_encryption_configuration.go"),
    properties: [REGION, "bucket", "expectedBucketOwner"],
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    source: generallyKnown("s3/bucket_versioning.go"),
    properties: [REGION, "bucket", "expectedBucketOwner"],
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    source: generallyKnown("s3/bucket_lifecycle_configuration.go"),
    properties: [REGION, "bucket", "expectedBucketOwner"],
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    source: generallyKnown("s3/bucket_ownership_controls.go"),
    properties: [REGION, "bucket"],
  },
};
