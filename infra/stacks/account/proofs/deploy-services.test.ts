import { rehearsedCloud } from "@fairway/cloud";
import { type Authority, authority, type Context } from "@fairway/iam";
import { createTrials } from "@fairway/planner/testing";
import type { PlannedResource } from "@fairway/resources";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPlans } from "../fixtures/plans.ts";
import { BOUNDARY, definition, gets, has, here, iam, key, type Row, STATE, TABLE } from "../fixtures/questions.ts";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());
const plans = createPlans(trials);

let all: Authority;
let catalog: PlannedResource[];
beforeAll(async () => {
  const [dev, production, registry] = [await plans.account("dev"), await plans.account("production"), await plans.registry()];
  const planned = await plans.catalog("dev");
  catalog = planned.resources;
  all = authority([...dev.resources, ...production.resources, ...registry.resources, ...catalog]);
}, 120_000);
const check = (role: string, [, action, resource, context]: Row) => all.ask({ by: role, action, resource, context });

const SCALING_SERVICE = "ecs.application-autoscaling.amazonaws.com";
const SCALING = iam(`role/aws-service-role/${SCALING_SERVICE}/AWSServiceRoleForApplicationAutoScaling_ECSService`);

describe("who deploys the shopping team's services to dev", () => {
  const role = "acme-dev-deploy-shopping";
  const OWN = here("ecs", "service/acme-dev/catalog-1a2b3c4");
  const rows: Row[] = [
    ["updates its own service", "ecs:UpdateService", OWN, { ...has("shopping"), ...definition("dev-catalog") }, true],
    [
      "… not another team's, though it is called alike",
      "ecs:UpdateService",
      OWN,
      { ...has("crew"), ...definition("dev-catalog") },
      false,
    ],
    [
      "… not a service of its team that is not its own to deploy",
      "ecs:UpdateService",
      here("ecs", "service/acme-dev/cart-1"),
      has("shopping"),
      false,
    ],
    ["… not in another cluster", "ecs:UpdateService", here("ecs", "service/acme-production/catalog-1"), has("shopping"), false],
    [
      "… not to another team's task definition",
      "ecs:UpdateService",
      OWN,
      { ...has("shopping"), ...definition("dev-orders") },
      false,
    ],
    ["creates a service with its tag", "ecs:CreateService", OWN, { ...gets("shopping"), ...definition("dev-catalog") }, true],
    ["… not without it", "ecs:CreateService", OWN, definition("dev-catalog"), false],
    ["… not with another team's", "ecs:CreateService", OWN, { ...gets("crew"), ...definition("dev-catalog") }, false],
    ["runs its own tasks", "ecs:RunTask", here("ecs", "task-definition/dev-catalog:7"), gets("shopping"), true],
    ["… not another team's", "ecs:RunTask", here("ecs", "task-definition/dev-orders:7"), gets("shopping"), false],
    ["gives its own things tags", "ecs:TagResource", OWN, { ...has("shopping"), "aws:RequestTag/cost-centre": "shop" }, true],
    ["… takes no other's by giving it its own tag", "ecs:TagResource", OWN, { ...has("crew"), ...gets("shopping") }, false],
    ["… gives none of its own away", "ecs:TagResource", OWN, { ...has("shopping"), ...gets("crew") }, false],

    ["takes a tag away", "ecs:UntagResource", OWN, { ...has("shopping"), "aws:TagKeys": ["cost-centre"] }, true],
    ["… not the team's", "ecs:UntagResource", OWN, { ...has("shopping"), "aws:TagKeys": ["cost-centre", "team"] }, false],

    [
      "creates a role on its path, with tag and boundary",
      "iam:CreateRole",
      iam("role/acme/shopping/x"),
      { ...BOUNDARY, ...gets("shopping") },
      true,
    ],
    ["… not without the boundary", "iam:CreateRole", iam("role/acme/shopping/x"), gets("shopping"), false],
    [
      "… not with another one",
      "iam:CreateRole",
      iam("role/acme/shopping/x"),
      { ...gets("shopping"), "iam:PermissionsBoundary": iam("policy/wide") },
      false,
    ],
    ["… not with another team's tag", "iam:CreateRole", iam("role/acme/shopping/x"), { ...BOUNDARY, ...gets("crew") }, false],
    ["… not on another path", "iam:CreateRole", iam("role/acme/crew/x"), { ...BOUNDARY, ...gets("shopping") }, false],
    ["… not at the root", "iam:CreateRole", iam("role/x"), { ...BOUNDARY, ...gets("shopping") }, false],
    ["gives a bounded role rights", "iam:PutRolePolicy", iam("role/acme/shopping/x"), { ...BOUNDARY, ...has("shopping") }, true],
    ["… not an unbounded one", "iam:PutRolePolicy", iam("role/acme/shopping/x"), has("shopping"), false],
    ["… not CI's", "iam:PutRolePolicy", iam("role/acme/ci/acme-dev-deploy-shopping"), { ...BOUNDARY, ...has("shopping") }, false],
    [
      "gives ECS its own role",
      "iam:PassRole",
      iam("role/acme/shopping/x"),
      { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
      true,
    ],
    ["… not another service", "iam:PassRole", iam("role/acme/shopping/x"), { "iam:PassedToService": "ec2.amazonaws.com" }, false],
    [
      "… not another team's role",
      "iam:PassRole",
      iam("role/acme/crew/x"),
      { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
      false,
    ],
    [
      "… not the platform's",
      "iam:PassRole",
      iam("role/acme/platform/x"),
      { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
      false,
    ],
    ["reads the boundary", "iam:GetPolicyVersion", iam("policy/acme/acme-dev-boundary"), {}, true],
    ["… does not change it", "iam:CreatePolicyVersion", iam("policy/acme/acme-dev-boundary"), {}, false],
    ["… does not take it off a role", "iam:DeleteRolePermissionsBoundary", iam("role/acme/shopping/x"), has("shopping"), false],
    ["… nor swaps it", "iam:PutRolePermissionsBoundary", iam("role/acme/shopping/x"), { ...BOUNDARY, ...has("shopping") }, false],

    ["lets scaling make its role", "iam:CreateServiceLinkedRole", SCALING, { "iam:AWSServiceName": SCALING_SERVICE }, true],
    ["… no other service", "iam:CreateServiceLinkedRole", SCALING, { "iam:AWSServiceName": "rds.amazonaws.com" }, false],

    ["looks at the VPC", "ec2:DescribeVpcs", "*", {}, true],
    ["… does not delete it", "ec2:DeleteVpc", here("ec2", "vpc/vpc-1"), {}, false],
    ["… nor its subnets, whatever their tag", "ec2:DeleteSubnet", here("ec2", "subnet/subnet-1"), has("shopping"), false],
    ["… nor changes a route", "ec2:ReplaceRoute", here("ec2", "route-table/rtb-1"), has("shopping"), false],
    [
      "opens its own security group",
      "ec2:AuthorizeSecurityGroupIngress",
      here("ec2", "security-group/sg-1"),
      has("shopping"),
      true,
    ],
    [
      "… not another's",
      "ec2:AuthorizeSecurityGroupIngress",
      here("ec2", "security-group/sg-1"),
      { ...has("crew"), ...gets("shopping") },
      false,
    ],
    [
      "… not the edge's",
      "ec2:AuthorizeSecurityGroupIngress",
      here("ec2", "security-group/sg-1"),
      { "aws:ResourceTag/Name": "edge-public" },
      false,
    ],
    [
      "lets the edge out",
      "ec2:AuthorizeSecurityGroupEgress",
      here("ec2", "security-group/sg-1"),
      { "aws:ResourceTag/Name": "edge-public" },
      true,
    ],
    [
      "… closes no way of the edge's",
      "ec2:RevokeSecurityGroupEgress",
      here("ec2", "security-group/sg-1"),
      { "aws:ResourceTag/Name": "edge-public" },
      false,
    ],
    [
      "changes its own listener rule",
      "elasticloadbalancing:ModifyRule",
      here("elasticloadbalancing", "listener-rule/app/edge-public-1/a/b/c"),
      has("shopping"),
      true,
    ],
    [
      "… not another's",
      "elasticloadbalancing:ModifyRule",
      here("elasticloadbalancing", "listener-rule/app/edge-public-1/a/b/c"),
      has("crew"),
      false,
    ],
    [
      "… not the listener",
      "elasticloadbalancing:ModifyListener",
      here("elasticloadbalancing", "listener/app/edge-public-1/a/b"),
      has("shopping"),
      false,
    ],

    ["sees a database", "rds:DescribeDBInstances", here("rds", "db:catalog"), {}, true],
    ["… does not delete it", "rds:DeleteDBInstance", here("rds", "db:catalog"), has("shopping"), false],
    ["sees a secret", "secretsmanager:DescribeSecret", here("secretsmanager", "secret:catalog/db-AbCdEf"), has("shopping"), true],
    [
      "… does not read it",
      "secretsmanager:GetSecretValue",
      here("secretsmanager", "secret:catalog/db-AbCdEf"),
      has("shopping"),
      false,
    ],
    ["… nor a table", "dynamodb:GetItem", here("dynamodb", "table/catalog"), has("shopping"), false],
    ["… nor a log", "logs:GetLogEvents", here("logs", "log-group:/acme/dev/catalog:log-stream:x"), has("shopping"), false],
    ["… nor a shell in a task", "ecs:ExecuteCommand", here("ecs", "task/acme-dev/1"), has("shopping"), false],
    ["keeps its own logs", "logs:PutRetentionPolicy", here("logs", "log-group:/acme/dev/catalog"), {}, true],
    ["… not another service's", "logs:DeleteLogGroup", here("logs", "log-group:/acme/dev/orders"), {}, false],
    ["sets its own alarm", "cloudwatch:PutMetricAlarm", here("cloudwatch", "alarm:catalog-errors-1a2b3c4"), {}, true],
    ["… not another's", "cloudwatch:DeleteAlarms", here("cloudwatch", "alarm:orders-errors-1a2b3c4"), {}, false],

    ["writes its own state", "s3:PutObject", `${STATE}/.pulumi/stacks/catalog/dev.json`, {}, true],
    ["locks it", "s3:PutObject", `${STATE}/.pulumi/locks/organization/catalog/dev/1.json`, {}, true],
    ["… not the network's", "s3:PutObject", `${STATE}/.pulumi/stacks/network/dev.json`, {}, false],
    ["… not another service's", "s3:PutObject", `${STATE}/.pulumi/stacks/orders/dev.json`, {}, false],
    ["reads the network's", "s3:GetObject", `${STATE}/.pulumi/stacks/network/dev.json`, {}, true],
    [
      "… not production's",
      "s3:GetObject",
      "arn:aws:s3:::acme-production-pulumi-state-444444444444/.pulumi/stacks/network/production.json",
      {},
      false,
    ],
    ["… does not open the bucket to others", "s3:PutBucketPolicy", STATE, {}, false],

    ["writes a record of its service", "dynamodb:PutItem", TABLE, key("dev#catalog"), true],
    ["… not of another service", "dynamodb:PutItem", TABLE, key("dev#orders"), false],
    ["… not of production", "dynamodb:PutItem", TABLE, key("production#catalog"), false],
    [
      "… not of both at once",
      "dynamodb:PutItem",
      TABLE,
      { "dynamodb:LeadingKeys": ["dev#catalog", "production#catalog"] },
      false,
    ],
    ["… not without saying of what", "dynamodb:UpdateItem", TABLE, {}, false],
    ["reads production's records", "dynamodb:Query", TABLE, key("production#catalog"), true],
    ["… deletes none", "dynamodb:DeleteItem", TABLE, key("dev#catalog"), false],
    ["reads its image", "ecr:BatchGetImage", "arn:aws:ecr:eu-west-1:111111111111:repository/acme/catalog", {}, true],
    ["… pushes none", "ecr:PutImage", "arn:aws:ecr:eu-west-1:111111111111:repository/acme/catalog", {}, false],
  ];

  test.each(rows)("%s", (...row) => expect(check(role, row)).toMatchObject({ allowed: row[4] }));

  test("can make every resource of the catalogue's program, as it is planned", () => {
    const refused = catalog
      .filter(({ custom }) => custom)
      .flatMap((resource) => wantedFor(resource).map((wanted) => ({ resource, ...wanted })))
      .map(({ resource, action, arn, context }) => ({
        what: `${resource.type} ${resource.name}: ${action} on ${arn}`,
        ...all.ask({ by: role, action, resource: arn, context }),
      }))
      .filter(({ allowed }) => !allowed)
      .map(({ what, why }) => `${what}: ${why}`);
    expect(refused).toEqual([]);
  });

  test("can make none of it where services are another team's", async () => {
    const other = await plans.account("dev", undefined, { "account:services": "[]" });
    const { ask } = authority([...other.resources, ...(await plans.registry()).resources]);
    const question = {
      action: "ecs:UpdateService",
      resource: OWN,
      context: { ...has("shopping"), ...definition("dev-catalog") },
    };
    expect(ask({ by: role, ...question }).allowed).toBe(false);
    expect(all.ask({ by: role, ...question }).allowed).toBe(true);
  });
});

/** What AWS asks of who makes a planned resource. */
function wantedFor({ type, inputs, outputs }: PlannedResource): { action: string; arn: string; context: Context }[] {
  const arn = String(outputs.arn ?? "");
  const request = tagged("aws:RequestTag", outputs.tagsAll);
  const one = (action: string, of = arn, context: Context = request) => [{ action, arn: of, context }];
  const cluster = String(inputs.cluster ?? "");
  const making: Record<string, () => { action: string; arn: string; context: Context }[]> = {
    "aws:ecs/service:Service": () =>
      one("ecs:CreateService", here("ecs", `service/${cluster.split("/")[1]}/${String(outputs.name)}`), {
        ...request,
        "ecs:task-definition": String(inputs.taskDefinition),
        "ecs:cluster": cluster,
      }),
    "aws:ecs/taskDefinition:TaskDefinition": () => one("ecs:RegisterTaskDefinition"),
    "aws:lb/targetGroup:TargetGroup": () => one("elasticloadbalancing:CreateTargetGroup"),
    "aws:lb/listenerRule:ListenerRule": () => one("elasticloadbalancing:CreateRule", String(inputs.listenerArn)),
    "aws:ec2/securityGroup:SecurityGroup": () => [
      ...one("ec2:CreateSecurityGroup"),
      ...one("ec2:CreateSecurityGroup", here("ec2", `vpc/${String(inputs.vpcId)}`), {}),
    ],
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": () => one("ec2:AuthorizeSecurityGroupIngress"),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": () => one("ec2:AuthorizeSecurityGroupEgress"),
    "aws:iam/role:Role": () => [
      ...one("iam:CreateRole", arn, { ...request, "iam:PermissionsBoundary": String(inputs.permissionsBoundary) }),
      ...one("iam:PassRole", arn, { "iam:PassedToService": "ecs-tasks.amazonaws.com" }),
    ],
    "aws:iam/rolePolicy:RolePolicy": () => one("iam:PutRolePolicy", all.role(String(inputs.role)).arn, BOUNDARY),
    "aws:cloudwatch/logGroup:LogGroup": () => one("logs:CreateLogGroup"),
    "aws:cloudwatch/metricAlarm:MetricAlarm": () => one("cloudwatch:PutMetricAlarm"),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": () => one("cloudwatch:PutCompositeAlarm"),
    "aws:appautoscaling/target:Target": () => one("application-autoscaling:RegisterScalableTarget"),
    "aws:appautoscaling/policy:Policy": () =>
      one("application-autoscaling:PutScalingPolicy", here("application-autoscaling", "scalable-target/1"), has("shopping")),
  };
  const wanted = making[type];
  if (!wanted) throw new Error(`say in this test which action makes a ${type}, and see that deploy-TEAM may do it.`);
  return wanted();
}

function tagged(prefix: string, tags: unknown): Context {
  return Object.fromEntries(
    Object.entries((tags ?? {}) as Record<string, string>).map(([name, value]) => [`${prefix}/${name}`, value]),
  );
}
