import { rehearsedCloud } from "@fairway/cloud";
import { type Authority, authority, type Context } from "@fairway/iam";
import { createTrials } from "@fairway/planner/testing";
import type { PlannedResource } from "@fairway/resources";
import { type Environment, environmentOf, type Platform, provided } from "@fairway/settings";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import platform from "../../../../platform.config.ts";
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

const POD = { "iam:PassedToService": "pods.eks.amazonaws.com" };
const TARGET = here("application-autoscaling", "scalable-target/1234abcd56ab78cd901ef1234567890ab123");
const ALARM = here("cloudwatch", "alarm:catalog-errors-1a2b3c4");
const telling = (service: string, resource: string): Context => ({
  "cloudwatch:AlarmActions": [service === "automate" ? `arn:aws:automate:eu-west-1:${resource}` : here(service, resource)],
});

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
      iam("role/acme/dev/shopping/x"),
      { ...BOUNDARY, ...gets("shopping") },
      true,
    ],
    ["… not without the boundary", "iam:CreateRole", iam("role/acme/dev/shopping/x"), gets("shopping"), false],
    [
      "… not with another one",
      "iam:CreateRole",
      iam("role/acme/dev/shopping/x"),
      { ...gets("shopping"), "iam:PermissionsBoundary": iam("policy/wide") },
      false,
    ],
    ["… not with another team's tag", "iam:CreateRole", iam("role/acme/dev/shopping/x"), { ...BOUNDARY, ...gets("crew") }, false],
    ["… not on another path", "iam:CreateRole", iam("role/acme/dev/crew/x"), { ...BOUNDARY, ...gets("shopping") }, false],
    ["… not at the root", "iam:CreateRole", iam("role/x"), { ...BOUNDARY, ...gets("shopping") }, false],
    [
      "gives a bounded role rights",
      "iam:PutRolePolicy",
      iam("role/acme/dev/shopping/x"),
      { ...BOUNDARY, ...has("shopping") },
      true,
    ],
    ["… not an unbounded one", "iam:PutRolePolicy", iam("role/acme/dev/shopping/x"), has("shopping"), false],
    ["… not CI's", "iam:PutRolePolicy", iam("role/acme/ci/acme-dev-deploy-shopping"), { ...BOUNDARY, ...has("shopping") }, false],
    [
      "gives ECS its own role",
      "iam:PassRole",
      iam("role/acme/dev/shopping/x"),
      { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
      true,
    ],
    [
      "… not another service",
      "iam:PassRole",
      iam("role/acme/dev/shopping/x"),
      { "iam:PassedToService": "ec2.amazonaws.com" },
      false,
    ],
    [
      "… not another team's role",
      "iam:PassRole",
      iam("role/acme/dev/crew/x"),
      { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
      false,
    ],
    [
      "… not the platform's",
      "iam:PassRole",
      iam("role/acme/dev/platform/x"),
      { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
      false,
    ],
    ["reads the boundary", "iam:GetPolicyVersion", iam("policy/acme/acme-dev-boundary"), {}, true],
    ["… does not change it", "iam:CreatePolicyVersion", iam("policy/acme/acme-dev-boundary"), {}, false],
    [
      "… does not take it off a role",
      "iam:DeleteRolePermissionsBoundary",
      iam("role/acme/dev/shopping/x"),
      has("shopping"),
      false,
    ],
    [
      "… nor swaps it",
      "iam:PutRolePermissionsBoundary",
      iam("role/acme/dev/shopping/x"),
      { ...BOUNDARY, ...has("shopping") },
      false,
    ],

    ["lets scaling make its role", "iam:CreateServiceLinkedRole", SCALING, { "iam:AWSServiceName": SCALING_SERVICE }, true],
    ["… no other service", "iam:CreateServiceLinkedRole", SCALING, { "iam:AWSServiceName": "rds.amazonaws.com" }, false],

    ["takes a tag off its own role", "iam:UntagRole", iam("role/acme/dev/shopping/x"), { "aws:TagKeys": ["cost-centre"] }, true],
    ["… not the team's", "iam:UntagRole", iam("role/acme/dev/shopping/x"), { "aws:TagKeys": ["team"] }, false],
    ["… gives no pod a role", "iam:PassRole", iam("role/acme/dev/shopping/x"), POD, false],
    ["says who it is", "sts:GetCallerIdentity", "*", {}, true],

    ["starts to scale its service", "application-autoscaling:RegisterScalableTarget", TARGET, gets("shopping"), true],
    ["… not another's", "application-autoscaling:RegisterScalableTarget", TARGET, { ...has("crew"), ...gets("shopping") }, false],
    ["scales it otherwise", "application-autoscaling:RegisterScalableTarget", TARGET, has("shopping"), true],
    ["tags its target", "application-autoscaling:TagResource", TARGET, { ...has("shopping"), ...gets("shopping") }, true],
    ["… takes no other's", "application-autoscaling:TagResource", TARGET, { ...has("crew"), ...gets("shopping") }, false],
    [
      "… gives none of its own away",
      "application-autoscaling:TagResource",
      TARGET,
      { ...has("shopping"), ...gets("crew") },
      false,
    ],

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
    ["… by its other form", "logs:DeleteLogGroup", here("logs", "log-group:/acme/dev/catalog:*"), {}, true],
    ["… not another service's", "logs:DeleteLogGroup", here("logs", "log-group:/acme/dev/orders"), {}, false],
    ["… nor one's whose name begins alike", "logs:DeleteLogGroup", here("logs", "log-group:/acme/dev/catalog-admin"), {}, false],
    ["… nor its streams'", "logs:DeleteLogGroup", here("logs", "log-group:/acme/dev/catalog-admin:*"), {}, false],
    ["sets its own alarm", "cloudwatch:PutMetricAlarm", here("cloudwatch", "alarm:catalog-errors-1a2b3c4"), {}, true],
    ["… that tells its topic", "cloudwatch:PutMetricAlarm", ALARM, telling("sns", "acme-dev-shopping-page"), true],
    ["… that stops no instance", "cloudwatch:PutMetricAlarm", ALARM, telling("automate", "ec2:terminate"), false],
    [
      "… nor beside telling its topic",
      "cloudwatch:PutMetricAlarm",
      ALARM,
      { "cloudwatch:AlarmActions": [here("sns", "acme-dev-shopping-page"), "arn:aws:automate:eu-west-1:ec2:terminate"] },
      false,
    ],
    ["… that calls no function", "cloudwatch:PutCompositeAlarm", ALARM, telling("lambda", "function:x"), false],
    ["deletes its own alarm", "cloudwatch:DeleteAlarms", ALARM, has("shopping"), true],
    ["… not another's", "cloudwatch:DeleteAlarms", here("cloudwatch", "alarm:orders-errors-1a2b3c4"), {}, false],
    [
      "… nor one's whose name begins alike",
      "cloudwatch:DeleteAlarms",
      here("cloudwatch", "alarm:catalog-admin-x"),
      has("crew"),
      false,
    ],
    ["… nor changes it", "cloudwatch:PutMetricAlarm", here("cloudwatch", "alarm:catalog-admin-x"), has("crew"), false],

    ["writes its own state", "s3:PutObject", `${STATE}/.pulumi/stacks/catalog/dev.json`, {}, true],
    ["locks it", "s3:PutObject", `${STATE}/.pulumi/locks/organization/catalog/dev/1.json`, {}, true],
    ["… not the network's", "s3:PutObject", `${STATE}/.pulumi/stacks/network/dev.json`, {}, false],
    ["… not another service's", "s3:PutObject", `${STATE}/.pulumi/stacks/orders/dev.json`, {}, false],
    ["… not one's whose name begins alike", "s3:PutObject", `${STATE}/.pulumi/stacks/catalog-admin/dev.json`, {}, false],
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

  test.each(["acme-dev-deploy-shopping", "acme-dev-deploy-platform", "acme-dev-preview"])(
    "%s enters no role, though that one trusts it: only what keeps it to itself is in the way",
    async (entering) => {
      const account = (await plans.account("dev")).resources;
      const role = trusting(entering, all.role(entering).arn);
      const question = { by: entering, action: "sts:AssumeRole", resource: String(role.outputs.arn) };
      expect(authority([...account, role]).ask(question)).toMatchObject({ by: { statement: "StaysItself" }, allowed: false });
      expect(authority([...account.map(without("StaysItself")), role]).ask(question).allowed).toBe(true);
    },
  );

  test("lets out the load balancers that exist, by their own groups", async () => {
    const given = async (settings?: Platform) => {
      const { resources } = await plans.account("dev", settings);
      const { ask } = authority([...resources, ...(await plans.registry()).resources]);
      return (id: string, context: Context) =>
        ask({ by: role, action: "ec2:AuthorizeSecurityGroupEgress", resource: here("ec2", `security-group/${id}`), context })
          .allowed;
    };
    const theirs = "sg-0a1b2c3d4e5f67890";
    const named = { "aws:ResourceTag/Name": "edge-public" };
    const ours = await given();
    expect([ours("sg-1", named), ours(theirs, {})]).toEqual([true, false]);
    const withTheirs = await given(withProvidedEdge(theirs));
    expect([withTheirs(theirs, {}), withTheirs("sg-1", named)]).toEqual([true, false]);
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

/** A role of the team's that a role of CI made so that it may enter it itself. */
function trusting(name: string, arn: string): PlannedResource {
  const made = catalog.find(({ type }) => type === "aws:iam/role:Role")!;
  const statement = { Effect: "Allow", Principal: { AWS: arn }, Action: ["sts:AssumeRole", "sts:TagSession"] };
  return {
    ...made,
    name: `trusting-${name}`,
    outputs: { arn: iam(`role/acme/dev/shopping/trusting-${name}`), name: `trusting-${name}`, path: "/acme/dev/shopping/" },
    inputs: { assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) },
  };
}

/** A planned policy without one of its statements. */
function without(sid: string) {
  return (resource: PlannedResource): PlannedResource => {
    if (typeof resource.inputs.policy !== "string") return resource;
    const document = JSON.parse(resource.inputs.policy) as { Statement: { Sid: string }[] };
    const policy = JSON.stringify({ ...document, Statement: document.Statement.filter(({ Sid }) => Sid !== sid) });
    return { ...resource, inputs: { ...resource.inputs, policy } };
  };
}

/** The reference platform with load balancers in dev that exist. */
function withProvidedEdge(securityGroupId: string): Platform {
  const lb = "arn:aws:elasticloadbalancing:eu-west-1:222222222222";
  const dev: Environment = {
    ...environmentOf(platform, "dev"),
    edge: provided({
      public: {
        arn: `${lb}:loadbalancer/app/theirs/50dc6c495c0c9188`,
        dnsName: "theirs.eu-west-1.elb.amazonaws.com",
        zoneId: "Z32O12XQLNTSW2",
        listenerArn: `${lb}:listener/app/theirs/50dc6c495c0c9188/f2f7dc8efc522ab2`,
        securityGroupId,
        host: "dev.acme.example",
      },
      internal: null,
    }),
  };
  return { ...platform, environments: { ...platform.environments, dev } };
}

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
    "aws:cloudwatch/metricAlarm:MetricAlarm": () =>
      one("cloudwatch:PutMetricAlarm", arn, { ...request, "cloudwatch:AlarmActions": inputs.alarmActions as string[] }),
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
