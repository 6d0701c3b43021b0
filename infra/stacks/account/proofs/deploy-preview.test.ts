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
  const preview = (name: string): Context => ({ "aws:ResourceTag/environment": name, "aws:ResourceTag/team": "shopping" });
  const OWN = here("ecs", "service/acme-dev/preview-12-catalog-1a2b3c4");
  const rows: Row[] = [
    ["updates a preview", "ecs:UpdateService", OWN, { ...preview("preview-12"), ...definition("preview-12-catalog") }, true],
    [
      "… not dev itself",
      "ecs:UpdateService",
      here("ecs", "service/acme-dev/catalog-1"),
      { ...has("shopping"), ...definition("dev-catalog") },
      false,
    ],
    [
      "… not what is only called so",
      "ecs:UpdateService",
      OWN,
      { ...has("shopping"), ...definition("preview-12-catalog") },
      false,
    ],
    ["writes a preview's state", "s3:PutObject", `${STATE}/.pulumi/stacks/catalog/preview-12.json`, {}, true],
    ["… not dev's", "s3:PutObject", `${STATE}/.pulumi/stacks/catalog/dev.json`, {}, false],
    [
      "creates a role for it",
      "iam:CreateRole",
      iam("role/acme/preview/x"),
      { ...BOUNDARY, "aws:RequestTag/environment": "preview-12" },
      true,
    ],
    [
      "… not for a team",
      "iam:CreateRole",
      iam("role/acme/shopping/x"),
      { ...BOUNDARY, "aws:RequestTag/environment": "preview-12" },
      false,
    ],
    ["reads records", "dynamodb:Query", TABLE, key("dev#catalog"), true],
    ["… writes none", "dynamodb:PutItem", TABLE, key("dev#catalog"), false],
  ];
  test.each(rows)("%s", (...row) => expect(check(role, row)).toMatchObject({ allowed: row[4] }));
});
