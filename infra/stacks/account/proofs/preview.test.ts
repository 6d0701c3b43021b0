import { rehearsedCloud } from "@fairway/cloud";
import { type Authority, authority, type Context, type PolicyDocument } from "@fairway/iam";
import { createTrials } from "@fairway/planner/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPlans } from "../fixtures/plans.ts";
import { here, TABLE, STATE, type Row } from "../fixtures/questions.ts";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());
const plans = createPlans(trials);

const ADMINISTRATOR: PolicyDocument = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

const KEY = here("kms", "key/1");
const stateKey: Context = { "kms:ResourceAliases": ["alias/acme-dev-pulumi"] };

describe("who previews dev", () => {
  const role = "acme-dev-preview";
  let all: Authority;
  beforeAll(async () => {
    all = authority([...(await plans.account("dev")).resources, ...(await plans.registry()).resources]);
  }, 60_000);

  const rows: Row[] = [
    ["reads the states", "s3:GetObject", `${STATE}/.pulumi/stacks/network/dev.json`, {}, true],
    ["lists them", "s3:ListBucket", STATE, {}, true],
    ["… writes none", "s3:PutObject", `${STATE}/.pulumi/stacks/network/dev.json`, {}, false],
    ["… takes no lock", "s3:PutObject", `${STATE}/.pulumi/locks/organization/network/dev/1.json`, {}, false],
    ["… deletes none", "s3:DeleteObject", `${STATE}/.pulumi/stacks/network/dev.json`, {}, false],
    ["… reads no other bucket", "s3:GetObject", "arn:aws:s3:::acme-uploads/photo.jpg", {}, false],
    ["… nor what else is in this one", "s3:GetObject", `${STATE}/export.sql`, {}, false],
    ["reads how a bucket is set", "s3:GetBucketPolicy", "arn:aws:s3:::acme-uploads", {}, true],
    ["… does not set it", "s3:PutBucketPolicy", "arn:aws:s3:::acme-uploads", {}, false],
    ["describes services", "ecs:DescribeServices", here("ecs", "service/acme-dev/catalog"), {}, true],
    ["… updates none", "ecs:UpdateService", here("ecs", "service/acme-dev/catalog"), {}, false],
    ["… opens no shell", "ecs:ExecuteCommand", here("ecs", "task/acme-dev/1"), {}, false],
    ["describes databases", "rds:DescribeDBInstances", here("rds", "db:catalog"), {}, true],
    ["… does not connect", "rds-db:connect", here("rds-db", "dbuser:db-1/app"), {}, false],
    ["… reads none of their logs", "rds:DownloadDBLogFilePortion", here("rds", "db:catalog"), {}, false],
    ["describes secrets", "secretsmanager:DescribeSecret", here("secretsmanager", "secret:db-AbCdEf"), {}, true],
    ["… reads none", "secretsmanager:GetSecretValue", here("secretsmanager", "secret:db-AbCdEf"), {}, false],
    ["lists parameters", "ssm:DescribeParameters", "*", {}, true],
    ["… reads none", "ssm:GetParameter", here("ssm", "parameter/db"), {}, false],
    ["describes tables", "dynamodb:DescribeTable", here("dynamodb", "table/catalog"), {}, true],
    ["… reads none", "dynamodb:Scan", here("dynamodb", "table/catalog"), {}, false],
    ["reads deployment records", "dynamodb:Query", TABLE, { "dynamodb:LeadingKeys": ["production#catalog"] }, true],
    ["… writes none", "dynamodb:PutItem", TABLE, { "dynamodb:LeadingKeys": ["dev#catalog"] }, false],
    ["sees queues", "sqs:GetQueueAttributes", here("sqs", "orders"), {}, true],
    ["… takes no message", "sqs:ReceiveMessage", here("sqs", "orders"), {}, false],
    ["sees log groups", "logs:DescribeLogGroups", "*", {}, true],
    ["… reads no log", "logs:FilterLogEvents", here("logs", "log-group:/acme/dev/catalog"), {}, false],
    ["sees roles", "iam:GetRole", "arn:aws:iam::222222222222:role/acme/ci/acme-dev-deploy-platform", {}, true],
    ["… makes none", "iam:CreateRole", "arn:aws:iam::222222222222:role/acme/dev/platform/x", {}, false],
    ["… gives none away", "iam:PassRole", "arn:aws:iam::222222222222:role/acme/dev/platform/x", {}, false],
    ["… gives itself nothing", "iam:AttachRolePolicy", "arn:aws:iam::222222222222:role/acme/ci/acme-dev-preview", {}, false],
  ];
  test.each(rows)("%s", (_, action, resource, context, allowed) => {
    expect(all.ask({ by: role, action, resource, context })).toMatchObject({ allowed });
  });

  test("opens what is sealed in states, and nothing that another key seals", () => {
    // The key is the backend's, not this stack's. Its policy leaves it to the account's IAM policies.
    const key = { type: "aws:kms/key:Key", inputs: { policy: accountKey() }, outputs: { arn: KEY } };
    const withKey = authority([...planned, { ...planned[0]!, ...key, name: "key", unknowns: [] }]);
    const opens = (aliases: string[]) =>
      withKey.ask({ by: role, action: "kms:Decrypt", resource: KEY, context: { "kms:ResourceAliases": aliases } }).allowed;
    expect(opens(stateKey["kms:ResourceAliases"] as string[])).toBe(true);
    expect(opens(["alias/acme-dev-data"])).toBe(false);
    expect(opens(["alias/acme-production-pulumi"])).toBe(false);
    expect(opens([])).toBe(false);
  });

  let planned: Awaited<ReturnType<typeof plans.account>>["resources"];
  beforeAll(async () => void ({ resources: planned } = await plans.account("dev")), 60_000);

  test("is kept from data by a Deny: one more policy would not open it", () => {
    const [attachment] = planned.filter(({ name }) => name === "ci-preview-1");
    const widened = {
      ...attachment!,
      name: "widened",
      inputs: { role, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    };
    const { ask } = authority([...planned, widened], { "arn:aws:iam::aws:policy/AdministratorAccess": ADMINISTRATOR });
    const outcome = (action: string, resource: string) => ask({ by: role, action, resource }).outcome;
    expect(outcome("secretsmanager:GetSecretValue", here("secretsmanager", "secret:db-AbCdEf"))).toBe("explicit deny");
    expect(outcome("dynamodb:Scan", here("dynamodb", "table/catalog"))).toBe("explicit deny");
    expect(outcome("s3:GetObject", "arn:aws:s3:::acme-uploads/photo.jpg")).toBe("explicit deny");
    expect(outcome("s3:GetObject", `${STATE}/.pulumi/stacks/network/dev.json`)).toBe("allowed");
  });
});

describe("who publishes images", () => {
  let all: Authority;
  beforeAll(async () => {
    all = authority([...(await plans.account("shared")).resources, ...(await plans.registry()).resources]);
  }, 60_000);
  const repository = (name: string) => `arn:aws:ecr:eu-west-1:111111111111:repository/${name}`;

  test.each<Row>([
    ["logs in", "ecr:GetAuthorizationToken", "*", {}, true],
    ["pushes", "ecr:PutImage", repository("acme/catalog"), {}, true],
    ["… not to a repository that is not the platform's", "ecr:PutImage", repository("other/catalog"), {}, false],
    ["… deletes no image", "ecr:BatchDeleteImage", repository("acme/catalog"), {}, false],
    ["… no repository", "ecr:DeleteRepository", repository("acme/catalog"), {}, false],
    ["… does not let others in", "ecr:SetRepositoryPolicy", repository("acme/catalog"), {}, false],
    ["… writes no record", "dynamodb:PutItem", TABLE, { "dynamodb:LeadingKeys": ["production#catalog"] }, false],
    ["… reads no state", "s3:GetObject", "arn:aws:s3:::acme-shared-pulumi-state-111111111111/.pulumi/x", {}, false],
  ])("%s", (_, action, resource, context, allowed) => {
    expect(all.ask({ by: "acme-shared-publish", action, resource, context })).toMatchObject({ allowed });
  });
});

function accountKey(): string {
  const Principal = { AWS: "arn:aws:iam::222222222222:root" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action: "kms:*", Resource: "*" }] });
}
