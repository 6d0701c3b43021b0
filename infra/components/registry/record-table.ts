import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { jsonDocument } from "../documents/json.ts";
import { policyDocument } from "../documents/policy.ts";
import { type RecordAccess, recordStatements } from "./record-access.ts";

/** Arguments of {@link RecordTable}. */
export interface RecordTableArgs {
  /** Name and ARN, as `recordTable` gives them. */
  table: { name: string; arn: string };
  /** Which roles write which environment's records, and which read. */
  access: RecordAccess;
  /** Protects the table from deletion, in AWS and in Pulumi. */
  protect: boolean;
  /** Last word on each child's arguments. */
  transform?: { table?: (args: aws.dynamodb.TableArgs) => aws.dynamodb.TableArgs };
}

/**
 * The table of deployment records of all environments, with what each environment's roles may write. An item's partition key `pk` is
 * `<environment>#<service>`, its sort key `sk` orders the events of one.
 *
 * Can be restored to any second of the last 35 days. Encrypted with a key that AWS owns: DynamoDB's managed key can't be used from other
 * accounts, and one of ours would have to be open to each of them.
 *
 * Cost (us-east-1): $0.625 a million writes, $0.125 a million reads, $0.25/GB-month, recovery $0.20/GB-month. A hundred releases a
 * month of 20 events each: well under one cent.
 */
export class RecordTable extends pulumi.ComponentResource {
  declare readonly arn: pulumi.Output<string>;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: { table: aws.dynamodb.Table; policy: aws.dynamodb.ResourcePolicy };

  constructor(name: string, args: RecordTableArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:RecordTable", name, {}, opts);
    const parent = this;

    const table = createTable();
    const policy = limitWriters();

    this.arn = table.arn;
    this.nodes = { table, policy };
    this.registerOutputs({ arn: this.arn });

    function createTable() {
      const wanted: aws.dynamodb.TableArgs = {
        name: args.table.name,
        billingMode: "PAY_PER_REQUEST",
        hashKey: "pk",
        rangeKey: "sk",
        attributes: [
          { name: "pk", type: "S" },
          { name: "sk", type: "S" },
        ],
        pointInTimeRecovery: { enabled: true },
        deletionProtectionEnabled: args.protect,
      };
      return new aws.dynamodb.Table(name, args.transform?.table?.(wanted) ?? wanted, { parent, protect: args.protect });
    }

    function limitWriters() {
      const document = policyDocument(recordStatements(args.table.arn, args.access));
      return new aws.dynamodb.ResourcePolicy(name, { resourceArn: table.arn, policy: jsonDocument(document) }, { parent });
    }
  }
}
