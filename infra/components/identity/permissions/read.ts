import { type CiScope, type NamedStatement, recordTableArn, stateArns } from "./scope.ts";

/**
 * Read what resources are, not what is in them: for `pulumi preview` and for telling drift. Of secrets, parameters, tables, queues,
 * buckets and logs only their settings.
 *
 * Most of these actions name no resource (IAM reference of each service, 2026-09), so they are on all.
 */
export function readSettings(): NamedStatement[] {
  return [{ Sid: "ReadSettings", Effect: "Allow", Action: READS, Resource: "*" }];
}

/** What is in tables, buckets, queues, secrets, parameters and logs: kept from a role whatever else allows it. */
export function denyData(ci: CiScope): NamedStatement[] {
  const { objects } = stateArns(ci);
  return [
    { Sid: "NoData", Effect: "Deny", Action: DATA_READS, Resource: "*" },
    { Sid: "NoObjectsButState", Effect: "Deny", Action: ["s3:GetObject*"], NotResource: objects },
    { Sid: "NoItemsButRecords", Effect: "Deny", Action: ITEM_READS, NotResource: recordTableArn(ci) },
  ];
}

/** Deployment records: of every environment, since a release asks what the one before it runs. */
export function readRecords(ci: CiScope): NamedStatement[] {
  return [{ Sid: "ReadRecords", Effect: "Allow", Action: ["dynamodb:GetItem", "dynamodb:Query"], Resource: recordTableArn(ci) }];
}

const READS = [
  "access-analyzer:GetAnalyzer",
  "access-analyzer:ListAnalyzers",
  "access-analyzer:ListTagsForResource",
  "acm:DescribeCertificate",
  "acm:List*",
  "application-autoscaling:Describe*",
  "application-autoscaling:ListTagsForResource",
  "aps:Describe*",
  "aps:List*",
  "backup:Describe*",
  "backup:GetBackup*",
  "backup:List*",
  "budgets:ListTagsForResource",
  "budgets:ViewBudget",
  "ce:GetAnomalyMonitors",
  "ce:GetAnomalySubscriptions",
  "ce:ListTagsForResource",
  "chatbot:Describe*",
  "chatbot:List*",
  "cloudwatch:Describe*",
  "cloudwatch:GetDashboard",
  "cloudwatch:List*",
  "dynamodb:Describe*",
  "dynamodb:GetResourcePolicy",
  "dynamodb:List*",
  "ec2:Describe*",
  "ec2:GetEbsEncryptionByDefault",
  "ec2:GetInstanceMetadataDefaults",
  "ec2:GetManagedPrefixListEntries",
  "ec2:GetSnapshotBlockPublicAccessState",
  "ecr:Describe*",
  "ecr:GetLifecyclePolicy",
  "ecr:GetRepositoryPolicy",
  "ecr:List*",
  "ecs:Describe*",
  "ecs:List*",
  "eks:Describe*",
  "eks:List*",
  "elasticloadbalancing:Describe*",
  "events:Describe*",
  "events:List*",
  "firehose:DescribeDeliveryStream",
  "firehose:List*",
  "iam:GetAccount*",
  "iam:GetOpenIDConnectProvider",
  "iam:GetPolicy*",
  "iam:GetRole*",
  "iam:List*",
  "kms:DescribeKey",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:List*",
  "logs:Describe*",
  "logs:List*",
  "rds:Describe*",
  "rds:ListTagsForResource",
  "route53:Get*",
  "route53:List*",
  "s3:GetAccelerateConfiguration",
  "s3:GetAccountPublicAccessBlock",
  "s3:GetBucket*",
  "s3:GetEncryptionConfiguration",
  "s3:GetLifecycleConfiguration",
  "s3:GetReplicationConfiguration",
  "s3:ListAllMyBuckets",
  "secretsmanager:DescribeSecret",
  "secretsmanager:GetResourcePolicy",
  "secretsmanager:ListSecrets",
  "servicediscovery:GetNamespace",
  "servicediscovery:GetService",
  "servicediscovery:List*",
  "sns:Get*",
  "sns:List*",
  "sqs:GetQueueAttributes",
  "sqs:GetQueueUrl",
  "sqs:ListQueue*",
  "ssm:DescribeParameters",
  "ssm:ListTagsForResource",
  "sts:GetCallerIdentity",
  "tag:GetResources",
  "wafv2:Get*",
  "wafv2:List*",
];

const DATA_READS = [
  "ecs:ExecuteCommand",
  "kinesis:GetRecords",
  "lambda:GetFunction",
  "lambda:InvokeFunction",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:GetLogRecord",
  "logs:GetQueryResults",
  "logs:StartLiveTail",
  "logs:StartQuery",
  "logs:Unmask",
  "rds-data:*",
  "rds-db:connect",
  "rds:DownloadDBLogFilePortion",
  "s3:GetObjectTorrent",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetSecretValue",
  "sqs:ReceiveMessage",
  "ssm:GetParameter*",
];

const ITEM_READS = [
  "dynamodb:BatchGetItem",
  "dynamodb:ExportTableToPointInTime",
  "dynamodb:GetItem",
  "dynamodb:GetRecords",
  "dynamodb:PartiQLSelect",
  "dynamodb:Query",
  "dynamodb:Scan",
];
