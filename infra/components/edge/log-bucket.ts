import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { jsonDocument } from "../documents/json.ts";
import { policyDocument } from "../documents/policy.ts";

/** Arguments of {@link LogBucket}. */
export interface LogBucketArgs {
  /** The account whose load balancers write here. */
  account: string;
  /** One folder for each load balancer. */
  prefixes: string[];
  /** Days after which a log is deleted. @default 90 */
  days?: number;
  /** Protects the bucket from deletion; otherwise it goes with its logs. */
  protect: boolean;
  /** Last word on each child's arguments. */
  transform?: {
    bucket?: (args: aws.s3.BucketArgs) => aws.s3.BucketArgs;
    lifecycle?: (args: aws.s3.BucketLifecycleConfigurationArgs) => aws.s3.BucketLifecycleConfigurationArgs;
  };
}

/**
 * A bucket that takes access logs of load balancers and nothing else: not public, TLS only, encrypted, emptied after a while.
 *
 * Encrypted with S3's own key: load balancers can't write where a KMS key of ours is the default (ELB access log
 * requirements, 2026-09).
 *
 * Cost: $0.023/GB-month (us-east-1). A million requests make about 0.5 GB before compression, some 50 MB in the bucket.
 */
export class LogBucket extends pulumi.ComponentResource {
  /** Known only once the bucket's policy is in place: a load balancer writes a test object when it is told of the bucket. */
  declare readonly bucket: pulumi.Output<string>;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: { bucket: aws.s3.Bucket; policy: aws.s3.BucketPolicy };

  constructor(name: string, args: LogBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:LogBucket", name, {}, opts);
    const parent = this;

    const bucket = createBucket();
    const closed = closeToThePublic();
    const policy = allowLogDelivery();
    configureStorage();

    this.bucket = policy.bucket;
    this.nodes = { bucket, policy };
    this.registerOutputs({ bucket: this.bucket });

    function createBucket() {
      const wanted: aws.s3.BucketArgs = { forceDestroy: !args.protect };
      return new aws.s3.Bucket(name, args.transform?.bucket?.(wanted) ?? wanted, { parent, protect: args.protect });
    }

    function closeToThePublic() {
      return new aws.s3.BucketPublicAccessBlock(
        name,
        {
          bucket: bucket.id,
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        },
        { parent },
      );
    }

    function allowLogDelivery() {
      const document = bucket.arn.apply((arn) => policyDocument(logDeliveryStatements(arn, args)));
      // S3 refuses two changes of a bucket's access at a time ("conflicting conditional operation").
      return new aws.s3.BucketPolicy(
        name,
        { bucket: bucket.id, policy: jsonDocument(document) },
        { parent, dependsOn: [closed] },
      );
    }

    function configureStorage() {
      new aws.s3.BucketOwnershipControls(
        name,
        { bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } },
        { parent },
      );
      new aws.s3.BucketServerSideEncryptionConfiguration(
        name,
        { bucket: bucket.id, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
        { parent },
      );
      const versioning = new aws.s3.BucketVersioning(
        name,
        { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
        { parent },
      );
      const wanted: aws.s3.BucketLifecycleConfigurationArgs = {
        bucket: bucket.id,
        rules: [
          {
            id: "delete-old-logs",
            status: "Enabled",
            filter: { prefix: "" },
            expiration: { days: args.days ?? 90 },
            noncurrentVersionExpiration: { noncurrentDays: 7 },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          },
        ],
      };
      // A rule on old versions needs versioning to be on.
      new aws.s3.BucketLifecycleConfiguration(name, args.transform?.lifecycle?.(wanted) ?? wanted, {
        parent,
        dependsOn: [versioning],
      });
    }
  }
}

/** Who may do what with the bucket: the load balancers' delivery writes each into its folder; nobody comes without TLS. */
export function logDeliveryStatements(bucketArn: string, { account, prefixes }: Pick<LogBucketArgs, "account" | "prefixes">) {
  return [
    {
      Sid: "WriteAccessLogs",
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: [...prefixes].sort().map((prefix) => `${bucketArn}/${prefix}/AWSLogs/${account}/*`),
    },
    {
      Sid: "RefusePlainHttp",
      Effect: "Deny" as const,
      Principal: "*" as const,
      Action: "s3:*",
      Resource: [bucketArn, `${bucketArn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ];
}
