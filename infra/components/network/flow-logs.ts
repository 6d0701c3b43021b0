import type { RoleDefaults } from "@fairway/settings";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { jsonDocument } from "../documents/json.ts";
import { type Place, policyDocument, serviceTrust } from "../documents/policy.ts";

/** Arguments of {@link FlowLogs}. */
export interface FlowLogsArgs {
  vpcId: pulumi.Input<string>;
  place: Place;
  /** Path and boundary of the role that writes them. */
  roles: RoleDefaults;
  /** How long to keep them, one of CloudWatch's: 1, 3, 5, 7, 14, 30, 60, 90 and so on. @default 30 */
  retentionDays?: number;
  /** Last word on each child's arguments. */
  transform?: {
    logGroup?: (args: aws.cloudwatch.LogGroupArgs) => aws.cloudwatch.LogGroupArgs;
    role?: (args: aws.iam.RoleArgs) => aws.iam.RoleArgs;
    flowLog?: (args: aws.ec2.FlowLogArgs) => aws.ec2.FlowLogArgs;
  };
}

/**
 * A record of every connection in a VPC, taken and refused, in CloudWatch Logs.
 *
 * Cost: $0.50/GB taken in and $0.03/GB-month kept (us-east-1, 2026-06). 10 GB a month: 10 × 0.53 = $5.30.
 */
export class FlowLogs extends pulumi.ComponentResource {
  declare readonly logGroupName: pulumi.Output<string>;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: { logGroup: aws.cloudwatch.LogGroup; role: aws.iam.Role; flowLog: aws.ec2.FlowLog };

  constructor(name: string, args: FlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:FlowLogs", name, {}, opts);
    const parent = this;
    const { account, region } = args.place;

    const logGroup = createLogGroup();
    const role = createRole();
    const grant = allowWriting();
    const flowLog = createFlowLog();

    this.logGroupName = logGroup.name;
    this.nodes = { logGroup, role, flowLog };
    this.registerOutputs({ logGroupName: this.logGroupName });

    function createLogGroup() {
      const wanted: aws.cloudwatch.LogGroupArgs = { retentionInDays: args.retentionDays ?? 30 };
      return new aws.cloudwatch.LogGroup(name, args.transform?.logGroup?.(wanted) ?? wanted, { parent });
    }

    function createRole() {
      const wanted: aws.iam.RoleArgs = {
        ...args.roles,
        description: "Lets VPC flow logs write to their log group",
        assumeRolePolicy: jsonDocument(
          serviceTrust("vpc-flow-logs.amazonaws.com", account, `arn:aws:ec2:${region}:${account}:vpc-flow-log/*`),
        ),
      };
      return new aws.iam.Role(name, args.transform?.role?.(wanted) ?? wanted, { parent });
    }

    function allowWriting() {
      const policy = policyDocument([
        {
          Sid: "WriteFlowLogs",
          Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          Resource: [logGroup.arn, pulumi.interpolate`${logGroup.arn}:*`],
        },
        // Can't be narrowed: the action works on the list of groups (IAM reference for CloudWatch Logs, 2026-09).
        { Sid: "FindLogGroup", Action: "logs:DescribeLogGroups", Resource: "*" },
      ]);
      return new aws.iam.RolePolicy(name, { role: role.id, policy: jsonDocument(policy) }, { parent });
    }

    function createFlowLog() {
      const wanted: aws.ec2.FlowLogArgs = {
        vpcId: args.vpcId,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: logGroup.arn,
        iamRoleArn: role.arn,
        maxAggregationInterval: 600, // seconds; 60 makes up to ten times the records
        tags: { Name: name },
      };
      return new aws.ec2.FlowLog(name, args.transform?.flowLog?.(wanted) ?? wanted, { parent, dependsOn: [grant] });
    }
  }
}
