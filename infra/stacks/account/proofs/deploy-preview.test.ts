import { rehearsedCloud } from "@fairway/cloud";
import { type Authority, authority, type Context } from "@fairway/iam";
import { createTrials } from "@fairway/planner/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPlans } from "../fixtures/plans.ts";
import { BOUNDARY, definition, has, here, iam, key, type Row, STATE, TABLE } from "../fixtures/questions.ts";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());
const plans = createPlans(trials);

let all: Authority;
beforeAll(async () => {
  all = authority([...(await plans.account("dev")).resources, ...(await plans.registry()).resources]);
}, 60_000);

const check = (role: string, [, action, resource, context]: Row) => all.ask({ by: role, action, resource, context });

describe("who deploys previews", () => {
  const role = "acme-dev-deploy-preview";
  /** Tags of a thing in a preview: the team is "preview", whoever owns the service. */
  const of = (team: string, prefix = "ResourceTag"): Context => ({
    [`aws:${prefix}/environment`]: "preview-12",
    [`aws:${prefix}/team`]: team,
  });
  const OWN = here("ecs", "service/acme-dev/preview-12-catalog-1a2b3c4");
  const definition12 = definition("preview-12-catalog");
  const path = `${STATE}/.pulumi`;
  const rows: Row[] = [
    ["updates a preview", "ecs:UpdateService", OWN, { ...of("preview"), ...definition12 }, true],
    [
      "… not dev itself",
      "ecs:UpdateService",
      here("ecs", "service/acme-dev/catalog-1"),
      { ...has("shopping"), ...definition("dev-catalog") },
      false,
    ],
    ["… not what is only called so", "ecs:UpdateService", OWN, { ...has("shopping"), ...definition12 }, false],
    ["creates a service of a preview", "ecs:CreateService", OWN, { ...of("preview", "RequestTag"), ...definition12 }, true],
    ["… not with a team's tag", "ecs:CreateService", OWN, { ...of("shopping", "RequestTag"), ...definition12 }, false],
    ["keeps a preview's log", "logs:CreateLogGroup", here("logs", "log-group:/acme/preview-12/catalog"), {}, true],
    ["… not dev's", "logs:DeleteLogGroup", here("logs", "log-group:/acme/dev/catalog"), {}, false],

    ["writes a preview's state", "s3:PutObject", `${path}/stacks/catalog/preview-12.json`, {}, true],
    ["… not dev's", "s3:PutObject", `${path}/stacks/catalog/dev.json`, {}, false],
    ["copies it", "s3:PutObject", `${path}/backups/catalog/preview-12/preview-12.1.json`, {}, true],
    ["… not dev's", "s3:PutObject", `${path}/backups/catalog/dev/dev.1.json`, {}, false],
    ["keeps its history", "s3:PutObject", `${path}/history/catalog/preview-12/preview-12-1.history.json`, {}, true],
    ["… not dev's", "s3:PutObject", `${path}/history/catalog/dev/dev-1.history.json`, {}, false],
    ["locks it", "s3:PutObject", `${path}/locks/organization/catalog/preview-12/1.json`, {}, true],
    ["… not dev's", "s3:DeleteObject", `${path}/locks/organization/catalog/dev/1.json`, {}, false],
    [
      "… nor that of a project that is called so",
      "s3:DeleteObject",
      `${path}/locks/organization/preview-x/dev/1.json`,
      {},
      false,
    ],

    [
      "creates a role for it",
      "iam:CreateRole",
      iam("role/acme/dev/preview/x"),
      { ...BOUNDARY, ...of("preview", "RequestTag") },
      true,
    ],
    [
      "… not with a team's tag",
      "iam:CreateRole",
      iam("role/acme/dev/preview/x"),
      { ...BOUNDARY, ...of("shopping", "RequestTag") },
      false,
    ],
    ["… nor gives it one later", "iam:TagRole", iam("role/acme/dev/preview/x"), of("shopping", "RequestTag"), false],
    [
      "… not on a team's path",
      "iam:CreateRole",
      iam("role/acme/dev/shopping/x"),
      { ...BOUNDARY, ...of("preview", "RequestTag") },
      false,
    ],
    ["reads records", "dynamodb:Query", TABLE, key("dev#catalog"), true],
    ["… writes none", "dynamodb:PutItem", TABLE, key("dev#catalog"), false],
  ];
  test.each(rows)("%s", (...row) => expect(check(role, row)).toMatchObject({ allowed: row[4] }));

  test("a team touches nothing of a preview's", () => {
    const update = (by: string) =>
      all.ask({ by, action: "ecs:UpdateService", resource: OWN, context: { ...of("preview"), ...definition12 } }).allowed;
    expect([update(role), update("acme-dev-deploy-shopping")]).toEqual([true, false]);
  });
});
