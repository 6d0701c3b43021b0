import { environmentFences } from "./fences.ts";
import { type CiScope, clusterName, everyState, iamArn, type NamedStatement, ours, recordTableArn } from "./scope.ts";

/**
 * The most that any role made by a program may be allowed.
 *
 * Workloads use data; they make and change nothing. Roles of the platform's own stacks (below `/acme/dev/platform/`: EKS's,
 * backups', log delivery's) may also do what AWS's managed policies for these services need. Nobody touches identities, organisations,
 * states. A role is its path's team: a session that says it is another's may do nothing.
 */
export function boundaryStatements(ci: CiScope): NamedStatement[] {
  const { platform, scope } = ci;
  const rolesOf = (team: string) => iamArn(ci, `role/${platform.name}/${scope.name}/${team}/*`);
  const states = everyState(ci);
  const platformOnly = { ArnLike: { "aws:PrincipalArn": rolesOf("platform") } };
  return [
    { Sid: "UseData", Effect: "Allow", Action: WORKLOAD, Resource: "*" },
    {
      // A service's own target groups and rules: ECS shifts traffic with them.
      Sid: "ShiftOwnTraffic",
      Effect: "Allow",
      Action: [
        "elasticloadbalancing:DeregisterTargets",
        "elasticloadbalancing:ModifyRule",
        "elasticloadbalancing:RegisterTargets",
      ],
      Resource: "*",
      Condition: { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } },
    },
    {
      Sid: "RunTasks",
      Effect: "Allow",
      Action: "ecs:RunTask",
      Resource: ours(ci, "ecs", "task-definition/*"),
      Condition: { ArnEquals: { "ecs:cluster": ours(ci, "ecs", `cluster/${clusterName(ci)}`) } },
    },
    {
      Sid: "PassOwnRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: rolesOf("${aws:PrincipalTag/team}"),
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
    { Sid: "RunThePlatform", Effect: "Allow", Action: PLATFORM, Resource: "*", Condition: platformOnly },
    {
      // EKS Auto Mode gives its nodes their role.
      Sid: "StartNodes",
      Effect: "Allow",
      Action: [
        "iam:AddRoleToInstanceProfile",
        "iam:CreateInstanceProfile",
        "iam:DeleteInstanceProfile",
        "iam:GetInstanceProfile",
        "iam:RemoveRoleFromInstanceProfile",
        "iam:TagInstanceProfile",
      ],
      Resource: iamArn(ci, "instance-profile/eks*"),
      Condition: platformOnly,
    },
    {
      Sid: "PassPlatformRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: rolesOf("platform"),
      Condition: platformOnly,
    },
    { Sid: "NoStates", Effect: "Deny", Action: "s3:*", Resource: states.buckets },
    {
      Sid: "NoStateKey",
      Effect: "Deny",
      Action: "kms:*",
      Resource: "*",
      Condition: { "ForAnyValue:StringLike": { "kms:ResourceAliases": states.keyAlias } },
    },
    {
      Sid: "NoWrittenRecords",
      Effect: "Deny",
      NotAction: ["dynamodb:BatchGetItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:Query"],
      Resource: recordTableArn(ci),
    },
    {
      // Whoever writes a role's trust may enter it with tags of their choice, and a session's tag goes before the role's.
      Sid: "OnlyAsItsOwnTeam",
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { ArnNotLike: { "aws:PrincipalArn": rolesOf(TEAM) } },
    },
    {
      // What carries a team's tag is that team's, whatever a role's own policy says. Without a tag: anybody's. Objects of S3: anybody's.
      Sid: "NoOtherTeamsData",
      Effect: "Deny",
      Action: [
        "dynamodb:*",
        "lambda:*",
        "logs:*",
        "secretsmanager:*",
        "sns:*",
        "sqs:*",
        "ssm:GetParameter",
        "ssm:GetParameters",
        "states:*",
      ],
      Resource: "*",
      Condition: {
        StringNotEquals: { "aws:ResourceTag/team": TEAM },
        Null: { "aws:ResourceTag/team": "false" },
      },
    },
    ...environmentFences(ci),
  ];
}

/** Whose a session is. Roles of the platform's own stacks carry no team's tag. */
const TEAM = "${aws:PrincipalTag/team, 'platform'}";

/** Of what runs: data, messages, secrets, telemetry. */
const WORKLOAD = [
  "aps:GetLabels",
  "aps:GetMetricMetadata",
  "aps:GetSeries",
  "aps:QueryMetrics",
  "aps:RemoteWrite",
  "bedrock:InvokeModel*",
  "cloudwatch:Describe*",
  "cloudwatch:Get*",
  "cloudwatch:List*",
  "cloudwatch:PutMetricData",
  "dynamodb:BatchGetItem",
  "dynamodb:BatchWriteItem",
  "dynamodb:ConditionCheckItem",
  "dynamodb:DeleteItem",
  "dynamodb:Describe*",
  "dynamodb:GetItem",
  "dynamodb:GetRecords",
  "dynamodb:GetShardIterator",
  "dynamodb:ListStreams",
  "dynamodb:PartiQL*",
  "dynamodb:PutItem",
  "dynamodb:Query",
  "dynamodb:Scan",
  "dynamodb:UpdateItem",
  "ec2:Describe*",
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:GetAuthorizationToken",
  "ecr:GetDownloadUrlForLayer",
  "ecs:Describe*",
  "ecs:List*",
  "eks-auth:AssumeRoleForPodIdentity",
  "eks:DescribeCluster",
  "elasticloadbalancing:Describe*",
  "events:PutEvents",
  "firehose:PutRecord*",
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey*",
  "kms:ReEncrypt*",
  "kms:Sign",
  "kms:Verify",
  "lambda:InvokeFunction",
  "logs:CreateLog*",
  "logs:Describe*",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:PutLogEvents",
  "logs:PutRetentionPolicy",
  "rds-db:connect",
  "s3:AbortMultipartUpload",
  "s3:DeleteObject",
  "s3:GetBucketLocation",
  "s3:GetObject*",
  "s3:ListBucket*",
  "s3:ListMultipartUploadParts",
  "s3:PutObject",
  "s3:PutObjectTagging",
  "secretsmanager:DescribeSecret",
  "secretsmanager:GetSecretValue",
  "sns:Publish",
  "sqs:ChangeMessageVisibility",
  "sqs:DeleteMessage",
  "sqs:GetQueue*",
  "sqs:ReceiveMessage",
  "sqs:SendMessage",
  // Not GetParametersByPath: it asks about a path, which has no team.
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssmmessages:*",
  "states:StartExecution",
  "sts:GetCallerIdentity",
  "xray:Get*",
  "xray:Put*",
];

/** Of what AWS's own services do for the platform: nodes, load balancers, volumes, backups, deliveries. */
const PLATFORM = [
  "acm:DescribeCertificate",
  "acm:ListCertificates",
  "backup:*",
  "dynamodb:CreateBackup",
  "ec2:*",
  "eks:*",
  "elasticloadbalancing:*",
  "events:*",
  "kms:CreateGrant",
  "kms:ListGrants",
  "kms:RevokeGrant",
  "logs:*",
  "pricing:GetProducts",
  "rds:*",
  "s3:*",
  "shield:GetSubscriptionState",
  "ssm:GetParameter",
  "tag:GetResources",
  "wafv2:*",
];
