import { type Deployer, KEEPS_TAG, requestTag, resourceTag } from "./deployer.ts";
import { type CiScope, clusterName, type NamedStatement, ours } from "./scope.ts";

/** ECS: own services and tasks in the environment's cluster, from own task definitions only; their images. */
export function deployContainers(ci: CiScope, { team, names, families }: Deployer): NamedStatement[] {
  const cluster = clusterName(ci);
  const services = names.map((name) => ours(ci, "ecs", `service/${cluster}/${name}*`));
  const definitions = families.map((family) => ours(ci, "ecs", `task-definition/${family}:*`));
  // A task definition brings its roles along: another team's would run under their rights.
  const ownDefinition = { "ecs:task-definition": definitions };
  return [
    {
      Sid: "CreateServices",
      Effect: "Allow",
      Action: "ecs:CreateService",
      Resource: services,
      Condition: { StringEquals: requestTag(team), ArnLike: ownDefinition },
    },
    {
      Sid: "UpdateServices",
      Effect: "Allow",
      Action: "ecs:UpdateService",
      Resource: services,
      Condition: { StringEquals: resourceTag(team), ArnLikeIfExists: ownDefinition },
    },
    {
      Sid: "ManageServices",
      Effect: "Allow",
      Action: ["ecs:ContinueServiceDeployment", "ecs:DeleteService", "ecs:StopServiceDeployment", "ecs:UntagResource"],
      Resource: [ours(ci, "ecs", `service/${cluster}/*`), ours(ci, "ecs", `service-deployment/${cluster}/*`)],
      Condition: { StringEquals: resourceTag(team), ...KEEPS_TAG },
    },
    {
      Sid: "DefineAndRunTasks",
      Effect: "Allow",
      Action: ["ecs:RegisterTaskDefinition", "ecs:RunTask"],
      Resource: definitions,
      Condition: { StringEquals: requestTag(team), ArnEqualsIfExists: { "ecs:cluster": ours(ci, "ecs", `cluster/${cluster}`) } },
    },
    {
      Sid: "StopTasks",
      Effect: "Allow",
      Action: "ecs:StopTask",
      Resource: ours(ci, "ecs", `task/${cluster}/*`),
      Condition: { StringEquals: resourceTag(team) },
    },
    ...pull(ci, names),
  ];
}

/** Give things tags: a new thing one's own, a thing of one's own any but another's. */
export function tagContainers(ci: CiScope, team: string): NamedStatement[] {
  const cluster = clusterName(ci);
  const taggable = [`service/${cluster}/*`, `task/${cluster}/*`, "task-definition/*"].map((resource) =>
    ours(ci, "ecs", resource),
  );
  return [
    {
      Sid: "TagContainers",
      Effect: "Allow",
      Action: "ecs:TagResource",
      Resource: taggable,
      Condition: { StringEqualsIfExists: requestTag(team), StringEquals: resourceTag(team) },
    },
    {
      Sid: "TagNewContainers",
      Effect: "Allow",
      Action: "ecs:TagResource",
      Resource: taggable,
      Condition: {
        StringEquals: { "ecs:CreateAction": ["CreateService", "RegisterTaskDefinition", "RunTask"], ...requestTag(team) },
      },
    },
  ];
}

/**
 * Scaling targets have ids in their ARNs, no names: they are told apart by tag. TagResource also changes the tag of a target that there
 * is, so what carries another's tag is none to start with.
 */
export function scale(ci: CiScope, team: string): NamedStatement[] {
  const Resource = ours(ci, "application-autoscaling", "scalable-target/*");
  return [
    {
      Sid: "StartScaling",
      Effect: "Allow",
      Action: ["application-autoscaling:RegisterScalableTarget", "application-autoscaling:TagResource"],
      Resource,
      Condition: { StringEquals: requestTag(team), Null: { "aws:ResourceTag/team": "true" } },
    },
    {
      Sid: "TagScaling",
      Effect: "Allow",
      Action: "application-autoscaling:TagResource",
      Resource,
      Condition: { StringEqualsIfExists: requestTag(team), StringEquals: resourceTag(team) },
    },
    {
      Sid: "Scale",
      Effect: "Allow",
      Action: [
        "application-autoscaling:DeleteScalingPolicy",
        "application-autoscaling:DeregisterScalableTarget",
        "application-autoscaling:PutScalingPolicy",
        "application-autoscaling:RegisterScalableTarget",
      ],
      Resource,
      Condition: { StringEquals: resourceTag(team) },
    },
  ];
}

/** What a release looks up of an image before it deploys it. */
function pull({ platform }: CiScope, names: string[]): NamedStatement[] {
  const { account, region } = platform.registry;
  return [
    {
      Sid: "ReadImages",
      Effect: "Allow",
      Action: ["ecr:BatchGetImage", "ecr:DescribeImages"],
      Resource: names.map((name) => `arn:aws:ecr:${region}:${account}:repository/${platform.name}/${name}`),
    },
  ];
}
