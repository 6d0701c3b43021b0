import { permissionsBoundary } from "@fairway/settings";
import { deployContainers, scale, tagContainers } from "./deploy-containers.ts";
import { deployEntrance } from "./deploy-entrance.ts";
import { type Deployer, requestTag } from "./deployer.ts";
import { fences, recordFences, writeRecords } from "./fences.ts";
import { readRecords } from "./read.ts";
import { type CiScope, iamArn, type NamedStatement, ours } from "./scope.ts";
import { readState, writeState } from "./state.ts";

/** Rights to deploy services, in two parts since neither kind of policy has room for both. */
export interface DeployServices {
  /** What is told apart by tag: the same however many services there are. */
  byTag: NamedStatement[];
  /** What is told apart by name, and the roles' path: grows by some 850 characters a service. */
  byName: NamedStatement[];
}

/** Deploy the services of one team, and nothing else of the environment: no network, no boundary, no data, no other team's services. */
export function deployServices(ci: CiScope, deployer: Deployer): DeployServices {
  const looking = [...readState(ci), ...readRecords(ci)];
  if (deployer.names.length === 0) return { byTag: [], byName: looking };
  const { tag, stacks, records } = deployer;
  return {
    byTag: [...deployEntrance(ci, deployer), ...scale(ci, tag), ...tagContainers(ci, tag)],
    byName: [
      ...deployContainers(ci, deployer),
      ...manageRoles(ci, deployer),
      ...letScale(ci),
      ...watch(ci, deployer),
      ...looking,
      ...writeState(ci, stacks),
      ...(records.length > 0 ? writeRecords(ci, records) : []),
    ],
  };
}

/** What a role that deploys services is kept from besides what it is not allowed. */
export function serviceFences(ci: CiScope): NamedStatement[] {
  return [...fences(ci), ...recordFences(ci)];
}

/** Roles of tasks: below the team's path, with its tag and the boundary, and given to ECS or EKS only. */
function manageRoles(ci: CiScope, { tag, path }: Deployer): NamedStatement[] {
  const { platform, scope } = ci;
  const roles = iamArn(ci, `role${path}*`);
  const boundary = { "iam:PermissionsBoundary": permissionsBoundary(platform, scope).arn };
  return [
    {
      Sid: "CreateRoles",
      Effect: "Allow",
      Action: "iam:CreateRole",
      Resource: roles,
      Condition: { StringEquals: boundary, StringLike: requestTag(tag) },
    },
    {
      Sid: "GiveRolesRights",
      Effect: "Allow",
      Action: ["iam:AttachRolePolicy", "iam:PutRolePolicy"],
      Resource: roles,
      Condition: { StringEquals: boundary },
    },
    {
      Sid: "ManageRoles",
      Effect: "Allow",
      Action: [
        "iam:DeleteRole",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ],
      Resource: roles,
    },
    {
      Sid: "TagRoles",
      Effect: "Allow",
      Action: "iam:TagRole",
      Resource: roles,
      Condition: { StringLikeIfExists: requestTag(tag) },
    },
    {
      Sid: "GiveRolesToServices",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: roles,
      Condition: {
        StringEquals: { "iam:PassedToService": ["ecs-tasks.amazonaws.com", "ecs.amazonaws.com", "pods.eks.amazonaws.com"] },
      },
    },
  ];
}

/** The first scaling target of an account makes the role that scales: whoever registers it must be allowed to. */
function letScale(ci: CiScope): NamedStatement[] {
  const service = "ecs.application-autoscaling.amazonaws.com";
  return [
    {
      Sid: "LetScalingMakeItsRole",
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: iamArn(ci, `role/aws-service-role/${service}/*`),
      Condition: { StringEquals: { "iam:AWSServiceName": service } },
    },
  ];
}

/** Logs and alarms, by name. */
function watch(ci: CiScope, { names, logGroups }: Deployer): NamedStatement[] {
  const groups = logGroups.map((group) => ours(ci, "logs", `log-group:${group}*`));
  const alarms = names.flatMap((name) => [ours(ci, "cloudwatch", `alarm:${name}`), ours(ci, "cloudwatch", `alarm:${name}-*`)]);
  return [
    {
      Sid: "KeepLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource"],
      Resource: groups,
    },
    {
      Sid: "SetAlarms",
      Effect: "Allow",
      Action: [
        "cloudwatch:DeleteAlarms",
        "cloudwatch:PutCompositeAlarm",
        "cloudwatch:PutMetricAlarm",
        "cloudwatch:TagResource",
        "cloudwatch:UntagResource",
      ],
      Resource: alarms,
    },
  ];
}
