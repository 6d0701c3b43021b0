import { rehearsedCloud } from "@fairway/cloud";
import { type Authority, authority, type PolicyDocument } from "@fairway/iam";
import { createTrials } from "@fairway/planner/testing";
import type { PlannedResource } from "@fairway/resources";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPlans } from "../fixtures/plans.ts";
import { here, type Row } from "../fixtures/questions.ts";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());
const plans = createPlans(trials);

const TABLE = here("dynamodb", "table/shop");
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const EVERYTHING: PolicyDocument = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

const OTHER_KEY = "alias/acme-production-pulumi";
const SHARED = { "aws:ResourceTag/environment": "shared" };

let account: PlannedResource[];
let shop: PlannedResource[];
beforeAll(async () => {
  account = (await plans.account("dev")).resources;
  const permissions = [{ Sid: "OwnTable", Action: ["dynamodb:GetItem", "dynamodb:PutItem"], Resource: TABLE }];
  const planned = await plans.service({ permissions });
  shop = planned.resources;
}, 120_000);

describe("a service's task", () => {
  let all: Authority;
  beforeAll(() => void (all = authority([...account, ...shop])));

  test.each<Row>([
    ["reads its own table", "dynamodb:GetItem", TABLE, {}, true],
    ["writes it", "dynamodb:PutItem", TABLE, {}, true],
    ["… does not delete it", "dynamodb:DeleteTable", TABLE, {}, false],
    ["… reads no other", "dynamodb:GetItem", here("dynamodb", "table/shop-2"), {}, false],
    ["… of no other account", "dynamodb:GetItem", TABLE.replace("222222222222", "444444444444"), {}, false],
    ["… takes no other role", "iam:PassRole", "arn:aws:iam::222222222222:role/acme/dev/crew/x", {}, false],
  ])("%s", (_, action, resource, context, allowed) => {
    expect(all.ask({ by: "shop-task", action, resource, context })).toMatchObject({ allowed });
  });

  test("is given its role by ECS in its own account only, and nobody else", () => {
    const assume = (name: string, source: string) =>
      all.ask({
        by: { kind: "service", name },
        action: "sts:AssumeRole",
        resource: all.role("shop-task").arn,
        context: { "aws:SourceAccount": source, "aws:SourceArn": `arn:aws:ecs:eu-west-1:${source}:task/acme-dev/1` },
      }).allowed;
    expect(assume("ecs-tasks.amazonaws.com", "222222222222")).toBe(true);
    expect(assume("ecs-tasks.amazonaws.com", "444444444444")).toBe(false);
    expect(assume("lambda.amazonaws.com", "222222222222")).toBe(false);
  });

  test("what starts it writes its log and pulls its image, and another's not", () => {
    const ask = (action: string, resource: string) => all.ask({ by: "shop-execution", action, resource }).allowed;
    expect(ask("logs:PutLogEvents", here("logs", "log-group:/acme/dev/shop:log-stream:shop/1"))).toBe(true);
    expect(ask("logs:PutLogEvents", here("logs", "log-group:/acme/dev/orders:log-stream:orders/1"))).toBe(false);
    expect(ask("secretsmanager:GetSecretValue", here("secretsmanager", "secret:orders/db-AbCdEf"))).toBe(false);
  });
});

describe("a role that was given everything", () => {
  let all: Authority;
  beforeAll(() => {
    all = authority([...account, ...shop, widened("shop-task")], { [ADMINISTRATOR]: EVERYTHING });
  });

  test.each<Row>([
    ["uses data", "dynamodb:GetItem", here("dynamodb", "table/any"), {}, true],
    [
      "… not what carries another team's tag",
      "dynamodb:GetItem",
      here("dynamodb", "table/any"),
      { "aws:ResourceTag/team": "crew" },
      false,
    ],
    ["… but its own team's", "dynamodb:GetItem", here("dynamodb", "table/any"), { "aws:ResourceTag/team": "shopping" }, true],
    [
      "… not as another team, though its session says so",
      "dynamodb:GetItem",
      here("dynamodb", "table/any"),
      { "aws:ResourceTag/team": "crew", "aws:PrincipalTag/team": "crew" },
      false,
    ],
    [
      "… nor does anything else as another team",
      "iam:PassRole",
      "arn:aws:iam::222222222222:role/acme/dev/crew/x",
      { "iam:PassedToService": "ecs-tasks.amazonaws.com", "aws:PrincipalTag/team": "crew" },
      false,
    ],
    ...(
      [
        ["puts a message into its team's queue, not another's", "sqs:SendMessage", here("sqs", "jobs")],
        ["tells its team's topic, not another's", "sns:Publish", here("sns", "jobs")],
        ["calls its team's function, not another's", "lambda:InvokeFunction", here("lambda", "function:jobs")],
        ["reads its team's log, not another's", "logs:GetLogEvents", here("logs", "log-group:/jobs:log-stream:1")],
        ["starts its team's workflow, not another's", "states:StartExecution", here("states", "stateMachine:jobs")],
        ["reads its team's parameter, not another's", "ssm:GetParameters", here("ssm", "parameter/jobs")],
      ] as const
    ).flatMap(([what, action, resource]): Row[] => [
      [`${what}: its own`, action, resource, { "aws:ResourceTag/team": "shopping" }, true],
      [`${what}: another's`, action, resource, { "aws:ResourceTag/team": "crew" }, false],
    ]),
    ["… reads no parameters by path, which is nobody's", "ssm:GetParametersByPath", here("ssm", "parameter/acme"), {}, false],
    ["reads a secret", "secretsmanager:GetSecretValue", here("secretsmanager", "secret:shop-AbCdEf"), {}, true],
    [
      "… not another team's",
      "secretsmanager:GetSecretValue",
      here("secretsmanager", "secret:x-AbCdEf"),
      { "aws:ResourceTag/team": "crew" },
      false,
    ],
    [
      "… of production in the same account",
      "secretsmanager:GetSecretValue",
      here("secretsmanager", "secret:x-AbCdEf"),
      { "aws:ResourceTag/environment": "production" },
      false,
    ],
    ["writes objects", "s3:PutObject", "arn:aws:s3:::acme-uploads/photo.jpg", {}, true],
    [
      "… reads no state",
      "s3:GetObject",
      "arn:aws:s3:::acme-dev-pulumi-state-222222222222/.pulumi/stacks/network/dev.json",
      {},
      false,
    ],
    [
      "… writes none",
      "s3:PutObject",
      "arn:aws:s3:::acme-dev-pulumi-state-222222222222/.pulumi/stacks/network/dev.json",
      {},
      false,
    ],
    [
      "… nor another environment's in the same account",
      "s3:GetObject",
      "arn:aws:s3:::acme-production-pulumi-state-222222222222/.pulumi/stacks/network/production.json",
      {},
      false,
    ],
    ["opens what a key of data seals", "kms:Decrypt", "*", { "kms:ResourceAliases": ["alias/acme-dev-data"] }, true],
    ["… not what another environment's key of states does", "kms:Decrypt", "*", { "kms:ResourceAliases": [OTHER_KEY] }, false],
    ["pulls a shared image", "ecr:BatchGetImage", here("ecr", "repository/acme/x"), SHARED, true],
    ["… writes no shared table", "dynamodb:DeleteItem", here("dynamodb", "table/any"), SHARED, false],
    ["describes the network", "ec2:DescribeVpcs", "*", {}, true],
    ["… does not change it", "ec2:DeleteVpc", here("ec2", "vpc/vpc-1"), {}, false],
    ["… opens no security group", "ec2:AuthorizeSecurityGroupIngress", here("ec2", "security-group/sg-1"), {}, false],
    ["makes no role", "iam:CreateRole", "arn:aws:iam::222222222222:role/x", {}, false],
    ["… no user", "iam:CreateUser", "arn:aws:iam::222222222222:user/eve", {}, false],
    ["… gives itself nothing", "iam:PutRolePolicy", "arn:aws:iam::222222222222:role/acme/dev/shopping/shop-task", {}, false],
    [
      "… takes off no boundary",
      "iam:DeleteRolePermissionsBoundary",
      "arn:aws:iam::222222222222:role/acme/dev/shopping/shop-task",
      {},
      false,
    ],
    [
      "gives a scheduled task its team's role",
      "iam:PassRole",
      "arn:aws:iam::222222222222:role/acme/dev/shopping/x",
      { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
      true,
    ],
    [
      "… not another team's",
      "iam:PassRole",
      "arn:aws:iam::222222222222:role/acme/dev/crew/x",
      { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
      false,
    ],
    ["leaves no organisation", "organizations:LeaveOrganization", "*", {}, false],
    ["closes no account", "account:CloseAccount", "*", {}, false],
    ["deploys no service", "ecs:UpdateService", here("ecs", "service/acme-dev/shop"), {}, false],
    ["deletes no database", "rds:DeleteDBInstance", here("rds", "db:shop"), {}, false],
    ["deletes no key", "kms:ScheduleKeyDeletion", "*", {}, false],
    [
      "writes no record",
      "dynamodb:PutItem",
      "arn:aws:dynamodb:eu-west-1:111111111111:table/acme-deployments",
      { "dynamodb:LeadingKeys": ["dev#shop"] },
      false,
    ],
  ])("%s", (_, action, resource, context, allowed) => {
    expect(all.ask({ by: "shop-task", action, resource, context })).toMatchObject({ allowed });
  });

  test("enters no role of production", () => {
    const resource = "arn:aws:iam::444444444444:role/acme/production/shopping/shop-task";
    const trust = {
      ...shop.find(({ type }) => type === "aws:iam/role:Role")!,
      name: "production-task",
      outputs: { arn: resource, name: "production-task", path: "/acme/production/shopping/" },
      inputs: { assumeRolePolicy: open(all.role("shop-task").arn) },
    };
    const both = authority([...account, ...shop, widened("shop-task"), trust], { [ADMINISTRATOR]: EVERYTHING });
    const asked = { by: "shop-task", action: "sts:AssumeRole", resource };
    expect(both.ask(asked)).toMatchObject({ allowed: false, why: expect.stringMatching(/the boundary .* does not allow it/) });

    const unbounded = authority([...account, ...shop.map(withoutBoundary), widened("shop-task"), trust], {
      [ADMINISTRATOR]: EVERYTHING,
    });
    expect(unbounded.ask(asked).allowed).toBe(true);
  });

  test("without the boundary could do all of it: it is the boundary that stops it", () => {
    const { ask } = authority([...account, ...shop.map(withoutBoundary), widened("shop-task")], { [ADMINISTRATOR]: EVERYTHING });
    const question = { action: "iam:CreateUser", resource: "arn:aws:iam::222222222222:user/eve" };
    expect(ask({ by: "shop-task", ...question }).allowed).toBe(true);
    expect(all.ask({ by: "shop-task", ...question }).allowed).toBe(false);
  });
});

/** Attaches AdministratorAccess to a planned role. */
function widened(role: string): PlannedResource {
  const planned = shop.find(({ type, name }) => type === "aws:iam/role:Role" && name === role)!;
  return {
    ...planned,
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    name: "widened",
    inputs: { role: planned.outputs.name!, policyArn: ADMINISTRATOR },
    outputs: {},
  };
}

function withoutBoundary(resource: PlannedResource): PlannedResource {
  const { permissionsBoundary: _, ...inputs } = resource.inputs;
  return { ...resource, inputs };
}

function open(arn: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: arn }, Action: "sts:AssumeRole" }],
  });
}
