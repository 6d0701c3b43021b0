import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { jsonDocument } from "../documents/json.ts";
import { type Place, policyDocument } from "../documents/policy.ts";

/** Arguments of {@link DataKey}. */
export interface DataKeyArgs {
  place: Place;
  /** Without `alias/`: `acme-dev-data`. */
  alias: string;
  /** Protects the key from deletion: with it goes whatever it encrypts. */
  protect: boolean;
  /** Last word on the key's arguments. */
  transform?: { key?: (args: aws.kms.KeyArgs) => aws.kms.KeyArgs };
}

/**
 * The key that encrypts an environment's data: databases, tables, queues, topics, secrets, logs. Turned every year; the account's IAM
 * policies say who may use it, and services of AWS may for what they deliver in this account.
 *
 * Cost a month: $1, $1 more for each of the first two turns; $0.03 per 10,000 uses.
 *
 * @example
 * new DataKey("data", { place: environment, alias: "acme-dev-data", protect: environment.protect });
 */
export class DataKey extends pulumi.ComponentResource {
  declare readonly arn: pulumi.Output<string>;
  declare readonly nodes: { key: aws.kms.Key; alias: aws.kms.Alias };

  constructor(name: string, args: DataKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:DataKey", name, {}, opts);
    const parent = this;

    const key = createKey();
    const alias = new aws.kms.Alias(name, { name: `alias/${args.alias}`, targetKeyId: key.keyId }, { parent });

    this.arn = key.arn;
    this.nodes = { key, alias };
    this.registerOutputs({ arn: this.arn });

    function createKey() {
      const wanted: aws.kms.KeyArgs = {
        description: `Data of ${args.alias}`,
        enableKeyRotation: true, // off by default
        deletionWindowInDays: 30,
        policy: jsonDocument(policyDocument(dataKeyStatements(args.place))),
      };
      return new aws.kms.Key(name, args.transform?.key?.(wanted) ?? wanted, { parent, protect: args.protect });
    }
  }
}

/**
 * Services that put messages into encrypted topics and queues, and say on whose behalf. EventBridge does not: under this condition it could
 * not use the key, without it events of any account could.
 */
const SENDERS = ["budgets", "cloudwatch", "costalerts", "s3", "sns"];

/** Who may use the key: the account by its own IAM policies, CloudWatch Logs, and what sends messages in the account's name. */
export function dataKeyStatements({ account, region }: Place) {
  const use = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];
  return [
    { Sid: "Account", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" },
    {
      Sid: "Logs",
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: use,
      Resource: "*", // in a key's own policy: this key
      Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:*` } },
    },
    ...SENDERS.map((service) => ({
      Sid: `Send${service[0]?.toUpperCase()}${service.slice(1)}`,
      Principal: { Service: `${service}.amazonaws.com` },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceAccount": account } },
    })),
  ];
}
