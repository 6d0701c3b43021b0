import { permissionsBoundary } from "@fairway/settings";
import { deployContainers, scale, tagContainers } from "./deploy-containers.ts";
import { deployEntrance } from "./deploy-entrance.ts";
import { type Deployer, KEEPS_TAG, requestTag, resourceTag } from "./deployer.ts";
import { fences, recordFences, writeRecords } from "./fences.ts";
import { type CiScope, iamArn, type NamedStatement, ours } from "./scope.ts";
import { writeState } from "./state.ts";

/** Rights to deploy services, in three parts since no kind of policy has room for all. */
export interface DeployServices {
  /** What is told apart by tag: the same however many services there are. */
  byTag: NamedStatement[];
  /** What is told apart by name, and the roles' path: grows by some 650 characters a service. */
  byName: NamedStatement[];
  /** Logs and alarms: grows by some 450. */
  watch: NamedStatement[];
}

/** Deploy the services of one team, and nothing else of the environment: no network, no boundary, no data, no other team's services. */
export function deployServices(ci: CiScope, deployer: Deployer): DeployServices {
  if (deployer.names.length === 0) return { byTag: [], byName: [], watch: [] };
  const { team, stacks, records } = deployer;
  return {
    byTag: [...deployEntrance(ci, deployer), ...scale(ci, team), ...tagContainers(ci, team)],
    byName: [
      ...deployContainers(ci, deployer),
      ...manageRoles(ci, deployer),
      ...letScale(ci),
      ...writeState(ci, stacks),
      ...(records.length > 0 ? writeRecords(ci, records) : []),
    ],
    watch: watch(ci, deployer),
  };
}

/** What a role that deploys services is kept from besides what it is not allowed. */
export function serviceFences(ci: CiScope): NamedStatement[] {
  return [...fences(ci), ...recordFences(ci)];
}

/** Roles of tasks: below the team's path, with its tag and the boundary, and given to ECS only. */
function manageRoles(ci: CiScope, { team, path }: Deployer): NamedStatement[] {
  const { platform, scope } = ci;
  const roles = iamArn(ci, `role${path}*`);
  const boundary = { "iam:PermissionsBoundary": permissionsBoundary(platform, scope).arn };
  return [
    {
      Sid: "CreateRoles",
      Effect: "Allow",
      Action: "iam:CreateRole",
      Resource: roles,
      Condition: { StringEquals: { ...boundary, ...requestTag(team) } },
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
      Condition: { StringEqualsIfExists: requestTag(team) },
    },
    { Sid: "UntagRoles", Effect: "Allow", Action: "iam:UntagRole", Resource: roles, Condition: KEEPS_TAG },
    {
      Sid: "GiveRolesToServices",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: roles,
      Condition: { StringEquals: { "iam:PassedToService": ["ecs-tasks.amazonaws.com", "ecs.amazonaws.com"] } },
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

/**
 * Logs and alarms, by name. Names of alarms go on after the service's, so those of `catalog-admin` begin like catalog's: once there is one,
 * its tag decides. An alarm may tell people only; as an action it could also stop an instance or run code.
 */
function watch(ci: CiScope, { team, names, logGroups }: Deployer): NamedStatement[] {
  // IAM knows a log group by both forms, by what is asked.
  const groups = logGroups.flatMap((group) => [ours(ci, "logs", `log-group:${group}`), ours(ci, "logs", `log-group:${group}:*`)]);
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
      Action: ["cloudwatch:PutCompositeAlarm", "cloudwatch:PutMetricAlarm"],
      Resource: alarms,
      Condition: {
        StringEqualsIfExists: resourceTag(team),
        "ForAllValues:StringLike": { "cloudwatch:AlarmActions": ours(ci, "sns", `${ci.platform.name}-${ci.scope.name}-*`) },
      },
    },
    {
      Sid: "ManageAlarms",
      Effect: "Allow",
      Action: ["cloudwatch:DeleteAlarms", "cloudwatch:TagResource", "cloudwatch:UntagResource"],
      Resource: alarms,
      Condition: { StringEqualsIfExists: { ...requestTag(team), ...resourceTag(team) } },
    },
  ];
}
