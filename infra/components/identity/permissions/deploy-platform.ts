import { permissionsBoundary, SHARED } from "@fairway/settings";
import { fences, recordFences, writeRecords } from "./fences.ts";
import { readRecords } from "./read.ts";
import { type CiScope, iamArn, type NamedStatement } from "./scope.ts";
import { readState, writeState } from "./state.ts";

/**
 * Make whatever infrastructure stacks are made of: whole services of AWS, since hundreds of actions would be a list that nobody reads.
 * Roles only below the environment's path and with the boundary. What {@link fences} says stays out of reach.
 */
export function deployPlatform(ci: CiScope): NamedStatement[] {
  const { platform, scope } = ci;
  const roles = iamArn(ci, `role/${platform.name}/${scope.name}/*`);
  return [
    { Sid: "MakeInfrastructure", Effect: "Allow", Action: SERVICES.map((service) => `${service}:*`), Resource: "*" },
    { Sid: "ReadIdentities", Effect: "Allow", Action: ["iam:Get*", "iam:List*", "sts:GetCallerIdentity"], Resource: "*" },
    {
      Sid: "GiveRolesRights",
      Effect: "Allow",
      Action: ["iam:AttachRolePolicy", "iam:CreateRole", "iam:PutRolePolicy"],
      Resource: roles,
      Condition: { StringEquals: { "iam:PermissionsBoundary": permissionsBoundary(platform, scope).arn } },
    },
    {
      Sid: "ManageRoles",
      Effect: "Allow",
      Action: [
        "iam:DeleteRole",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ],
      Resource: roles,
    },
    {
      Sid: "GiveRolesToServices",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: roles,
      Condition: { StringLike: { "iam:PassedToService": "*.amazonaws.com" } },
    },
    {
      Sid: "LetServicesMakeTheirRoles",
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: iamArn(ci, "role/aws-service-role/*"),
      Condition: { StringLike: { "iam:AWSServiceName": "*.amazonaws.com" } },
    },
    ...readState(ci),
    ...writeState(ci, [{ project: "*", stack: scope.name }]),
    ...(scope.name === SHARED ? [] : recordFences(ci)),
    ...readRecords(ci),
    ...writeRecords(ci, ["*"]),
    ...fences(ci),
  ];
}

/** Services of AWS that infrastructure stacks use. IAM is not among them. */
const SERVICES = [
  "acm",
  "application-autoscaling",
  "aps",
  "backup",
  "backup-storage",
  "chatbot",
  "cloudwatch",
  "dynamodb",
  "ec2",
  "ecr",
  "ecs",
  "eks",
  "elasticloadbalancing",
  "events",
  "firehose",
  "kms",
  "lambda",
  "logs",
  "notifications",
  "oam",
  "pipes",
  "rds",
  "route53",
  "s3",
  "scheduler",
  "secretsmanager",
  "servicediscovery",
  "sns",
  "sqs",
  "ssm",
  "synthetics",
  "tag",
  "wafv2",
  "xray",
];
