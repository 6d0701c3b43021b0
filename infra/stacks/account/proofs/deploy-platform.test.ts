import { rehearsedCloud } from "@fairway/cloud";
import { type Authority, authority, type Context } from "@fairway/iam";
import { createTrials } from "@fairway/planner/testing";
import type { Platform } from "@fairway/settings";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import platform from "../../../../platform.config.ts";
import { createPlans } from "../fixtures/plans.ts";
import { BOUNDARY, definition, here, iam, key, type Row, STATE, TABLE } from "../fixtures/questions.ts";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());
const plans = createPlans(trials);

let all: Authority;
beforeAll(async () => {
  all = authority([...(await plans.account("dev")).resources, ...(await plans.registry()).resources]);
}, 60_000);

const check = (role: string, [, action, resource, context]: Row) => all.ask({ by: role, action, resource, context });

describe("who deploys dev's infrastructure", () => {
  const role = "acme-dev-deploy-platform";
  const other = { "aws:ResourceTag/environment": "production" };
  const rows: Row[] = [
    ["makes a VPC", "ec2:CreateVpc", here("ec2", "vpc/vpc-1"), {}, true],
    ["… touches none of another environment's in the same account", "ec2:DeleteVpc", here("ec2", "vpc/vpc-1"), other, false],
    ["… nor in another account", "rds:DeleteDBInstance", "arn:aws:rds:eu-west-1:444444444444:db:catalog", {}, false],
    ["makes a role with the boundary", "iam:CreateRole", iam("role/acme/dev/platform/x"), BOUNDARY, true],
    ["… not without", "iam:CreateRole", iam("role/acme/dev/platform/x"), {}, false],
    ["… not as CI's", "iam:CreateRole", iam("role/acme/ci/x"), BOUNDARY, false],
    ["… does not change the boundary", "iam:CreatePolicyVersion", iam("policy/acme/acme-dev-boundary"), {}, false],
    ["… nor its own trust", "iam:UpdateAssumeRolePolicy", iam("role/acme/ci/acme-dev-deploy-platform"), {}, false],
    [
      "… nor who may sign in",
      "iam:DeleteOpenIDConnectProvider",
      iam("oidc-provider/token.actions.githubusercontent.com"),
      {},
      false,
    ],
    ["… makes no user", "iam:CreateUser", iam("user/eve"), {}, false],
    ["… nor a key of one", "iam:CreateAccessKey", iam("user/eve"), {}, false],
    ["writes every state of dev", "s3:PutObject", `${STATE}/.pulumi/stacks/network/dev.json`, {}, true],
    ["… not that of its own rights", "s3:PutObject", `${STATE}/.pulumi/stacks/account/dev.json`, {}, false],
    ["… nor its copies", "s3:DeleteObject", `${STATE}/.pulumi/backups/account/dev/dev.1.json`, {}, false],
    ["… nor its lock", "s3:PutObject", `${STATE}/.pulumi/locks/organization/account/dev/1.json`, {}, false],
    ["reads that too", "s3:GetObject", `${STATE}/.pulumi/stacks/account/dev.json`, {}, true],
    ["… does not delete the bucket", "s3:DeleteBucket", STATE, {}, false],
    ["… nor its history", "s3:DeleteObjectVersion", `${STATE}/.pulumi/stacks/network/dev.json`, {}, false],
    ["… nor reads production's", "s3:GetObject", "arn:aws:s3:::acme-production-pulumi-state-444444444444/.pulumi/x", {}, false],
    ["writes a record of dev", "dynamodb:PutItem", TABLE, key("dev#network"), true],
    ["… not of production", "dynamodb:PutItem", TABLE, key("production#network"), false],
    ["… deletes no table of records", "dynamodb:DeleteTable", TABLE, {}, false],
    ["… nor lets them expire", "dynamodb:UpdateTimeToLive", TABLE, {}, false],
    ["says who it is", "sts:GetCallerIdentity", "*", {}, true],
    ["gives a key of data a name", "kms:CreateAlias", here("kms", "alias/acme-dev-data"), {}, true],
    ["… takes none from the key of states", "kms:DeleteAlias", here("kms", "alias/acme-dev-pulumi"), {}, false],
  ];
  test.each(rows)("%s", (...row) => expect(check(role, row)).toMatchObject({ allowed: row[4] }));

  test("is not stopped from writing records by the registry alone: its own rights end there too", () => {
    expect(check(role, ["", "dynamodb:PutItem", TABLE, key("production#catalog"), false]).outcome).toBe("explicit deny");
  });
});

describe("who deploys dev where production is in the same account", () => {
  const role = "acme-dev-deploy-platform";
  const bucket = (environment: string) => `arn:aws:s3:::acme-${environment}-pulumi-state-222222222222`;
  const stateKey = (environment: string): Context => ({ "kms:ResourceAliases": [`alias/acme-${environment}-pulumi`] });
  const of = (environment: string): Context => ({ "aws:ResourceTag/environment": environment });
  let together: Authority;
  beforeAll(async () => {
    const production = { ...platform.environments.production!, account: "222222222222" };
    const settings: Platform = { ...platform, environments: { ...platform.environments, production } };
    together = authority((await plans.account("dev", settings)).resources);
  }, 60_000);

  test.each<[what: string, action: string, resource: string, own: Context, other: Context]>([
    ["deletes a VPC", "ec2:DeleteVpc", here("ec2", "vpc/vpc-1"), of("dev"), of("production")],
    [
      "gives a role rights",
      "iam:PutRolePolicy",
      iam("role/acme/dev/shopping/x"),
      { ...BOUNDARY, ...of("dev") },
      { ...BOUNDARY, ...of("production") },
    ],
    ["updates a service", "ecs:UpdateService", here("ecs", "service/x/catalog"), of("dev"), of("production")],
    ["reads a secret", "secretsmanager:GetSecretValue", here("secretsmanager", "secret:x-AbCdEf"), of("dev"), of("production")],
    ["names a key", "kms:CreateAlias", "*", stateKey("shopping"), stateKey("production")],
  ])("%s of dev, not of production", (_, action, resource, own, other) => {
    expect(together.ask({ by: role, action, resource, context: own }).outcome).toBe("allowed");
    expect(together.ask({ by: role, action, resource, context: other }).outcome).toBe("explicit deny");
  });

  test("uses what all share, and changes none of it", () => {
    const shared = of("shared");
    const ask = (action: string, resource: string) =>
      together.ask({ by: role, action, resource, context: shared, resourceAccount: "222222222222" }).outcome;
    const image = here("ecr", "repository/acme/catalog");
    expect([ask("ecr:BatchGetImage", image), ask("ecr:DeleteRepository", image)]).toEqual(["allowed", "explicit deny"]);
    const table = here("dynamodb", "table/acme-deployments");
    expect([ask("dynamodb:Query", table), ask("dynamodb:UpdateTimeToLive", table)]).toEqual(["allowed", "explicit deny"]);
  });

  test("makes roles of dev, not of production", () => {
    const make = (environment: string) =>
      together.ask({
        by: role,
        action: "iam:CreateRole",
        resource: iam(`role/acme/${environment}/platform/x`),
        context: BOUNDARY,
      }).allowed;
    expect([make("dev"), make("production")]).toEqual([true, false]);
  });

  test("a team updates its service in dev, not in production", () => {
    const update = (environment: string) =>
      together.ask({
        by: "acme-dev-deploy-shopping",
        action: "ecs:UpdateService",
        resource: here("ecs", "service/acme-dev/catalog-1a2b3c4"),
        context: { ...of(environment), "aws:ResourceTag/team": "shopping", ...definition("dev-catalog") },
      }).outcome;
    expect([update("dev"), update("production")]).toEqual(["allowed", "explicit deny"]);
  });

  test("reads dev's states, not production's", () => {
    const read = (environment: string) =>
      together.ask({ by: role, action: "s3:GetObject", resource: `${bucket(environment)}/.pulumi/stacks/network/x.json` })
        .outcome;
    expect(read("dev")).toBe("allowed");
    // The bucket is named after the account that production is in now.
    expect(read("production")).toBe("explicit deny");
  });
});
