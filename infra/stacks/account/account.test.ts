import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rehearsedCloud } from "@fairway/cloud";
import { accessOf, type NamedPolicy, parsePolicy } from "@fairway/iam";
import { unknownNames } from "@fairway/iam/testing";
import { createTrials } from "@fairway/planner/testing";
import type { PlannedResource } from "@fairway/resources";
import { type Platform, scopeNames } from "@fairway/settings";
import { afterAll, describe, expect, test } from "vitest";
import platform from "../../../platform.config.ts";
import { createPlans } from "./fixtures/plans.ts";
import { servicesByTeam } from "./services.ts";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());
const plans = createPlans(trials);

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Every policy of planned resources. */
function policiesOf(resources: PlannedResource[]): NamedPolicy[] {
  return resources.flatMap(({ name, inputs }) =>
    ["policy", "assumeRolePolicy"].flatMap((property) => {
      const text = inputs[property];
      return typeof text === "string" ? [{ name: `${property} of ${name}`, document: parsePolicy(text, name) }] : [];
    }),
  );
}

describe.each(scopeNames(platform))("the account of %s", (stack) => {
  test("is planned from models alone, twice the same, and says its key and topic", async () => {
    const [first, again] = [await plans.account(stack), await plans.account(stack)];
    expect(first.errors).toEqual([]);
    expect(first.resources.filter(({ custom, known }) => custom && known !== "modelled").map(({ type }) => type)).toEqual([]);
    expect(again.resources).toEqual(first.resources);
    const account = stack === "shared" ? platform.registry.account : platform.environments[stack]?.account;
    expect(first.outputs).toEqual({
      dataKeyArn: expect.stringMatching(`^arn:aws:kms:eu-west-1:${account}:key/`),
      costTopicArn: `arn:aws:sns:eu-west-1:${account}:acme-${stack}-cost`,
    });
  });

  test("brought up again changes nothing", async () => {
    const { state } = await plans.account(stack);
    const { errors, steps } = await plans.account(stack, platform, {}, state);
    expect(errors).toEqual([]);
    expect(steps.filter(({ op, provider }) => op !== "same" && !provider).map(({ urn, op }) => `${op} ${urn}`)).toEqual([]);
  });

  test("names only actions and condition keys that AWS has", async () => {
    const policies = policiesOf((await plans.account(stack)).resources);
    expect(policies.length).toBeGreaterThan(8);
    expect(await unknownNames(policies)).toEqual([]);
  });

  test("lets nobody in from outside but GitHub's one repository and AWS's own services", async () => {
    const { resources } = await plans.account(stack);
    const principals = accessOf(resources).map(({ principal }) => principal);
    const strangers = principals.filter((principal) => !principal.startsWith("role ci-"));
    expect([...new Set(strangers)].sort()).toEqual([
      `account ${
        resources
          .find(({ type }) => type === "aws:kms/key:Key")
          ?.outputs.arn?.toString()
          .split(":")[4]
      }`,
      "federated token.actions.githubusercontent.com",
      "service budgets.amazonaws.com",
      "service cloudwatch.amazonaws.com",
      "service costalerts.amazonaws.com",
      "service logs.eu-west-1.amazonaws.com",
      "service s3.amazonaws.com",
      "service sns.amazonaws.com",
    ]);
  });
});

describe("several environments in one account", () => {
  const together = (region: string): Platform => ({
    ...platform,
    environments: Object.fromEntries(
      Object.entries(platform.environments).map(([name, environment]) => [
        name,
        { ...environment, account: "222222222222", region: name === "dev" ? "eu-west-1" : region },
      ]),
    ),
  });
  const SHARED_OUT = /^aws:(iam\/openIdConnectProvider|s3\/accountPublicAccessBlock|costexplorer\/anomalyMonitor):/;
  const REGIONAL = /^aws:(ebs\/|ec2\/instanceMetadataDefaults|accessanalyzer\/)/;
  const made = async (stack: string, region: string, types: RegExp) =>
    (await plans.account(stack, together(region))).resources.filter(({ type }) => types.test(type)).length;

  test("make what an account has once in the first of them", async () => {
    expect([await made("dev", "eu-west-1", SHARED_OUT), await made("staging", "eu-west-1", SHARED_OUT)]).toEqual([3, 0]);
  });

  test("make what a region has once in the first of each region", async () => {
    expect([await made("dev", "eu-west-1", REGIONAL), await made("staging", "eu-west-1", REGIONAL)]).toEqual([4, 0]);
    expect([await made("staging", "eu-central-1", REGIONAL), await made("production", "eu-central-1", REGIONAL)]).toEqual([4, 0]);
  });

  test("count each its own cost, by tag; one that is alone counts the account's", async () => {
    const filters = async (settings: Platform) =>
      (await plans.account("staging", settings))
        .ofType("aws:budgets/budget:Budget")
        .map(({ inputs }) => inputs.costFilters ?? null);
    expect(await filters(together("eu-west-1"))).toEqual([[{ name: "TagKeyValue", values: ["user:environment$staging"] }]]);
    expect(await filters(platform)).toEqual([null]);
  });
});

describe("what it costs", () => {
  test("is told of at 80 % and 100 % of the budget in settings, and at 100 % of the forecast", async () => {
    const { ofType, outputs } = await plans.account("production");
    const [budget] = ofType("aws:budgets/budget:Budget");
    expect(budget?.inputs).toMatchObject({ limitAmount: "2000", limitUnit: "USD", timeUnit: "MONTHLY" });
    const told = budget?.inputs.notifications as {
      notificationType: string;
      threshold: number;
      subscriberSnsTopicArns: string[];
    }[];
    expect(told.map(({ notificationType, threshold }) => `${notificationType} ${threshold}`)).toEqual([
      "ACTUAL 80",
      "ACTUAL 100",
      "FORECASTED 100",
    ]);
    expect(told.flatMap(({ subscriberSnsTopicArns }) => subscriberSnsTopicArns)).toEqual(told.map(() => outputs.costTopicArn));
  });

  test("is watched by a monitor that exists, where there is one", async () => {
    const arn = "arn:aws:ce::222222222222:anomalymonitor/11111111-2222-4333-8444-555555555555";
    const { errors, ofType } = await plans.account("dev", platform, { "account:anomalyMonitorArn": arn });
    expect(errors).toEqual([]);
    expect(ofType("aws:costexplorer/anomalyMonitor:AnomalyMonitor")).toEqual([]);
    expect(
      ofType("aws:costexplorer/anomalySubscription:AnomalySubscription").map(({ inputs }) => inputs.monitorArnLists),
    ).toEqual([[arn]]);
  });
});

test("provider, boundary and key are protected where settings ask for it", async () => {
  const guarded = ["aws:iam/openIdConnectProvider:OpenIdConnectProvider", "aws:iam/policy:Policy", "aws:kms/key:Key"];
  for (const stack of ["dev", "production"]) {
    const { resources } = await plans.account(stack);
    const found = resources.filter(({ type, name }) => guarded.includes(type) && !name.startsWith("ci-"));
    expect(found.map(({ protect }) => protect)).toEqual([1, 2, 3].map(() => stack === "production"));
  }
});

describe("who deploys what", () => {
  test("is written for every service of this repository, with its owner", () => {
    const services = readdirSync(`${root}/services`).filter((name) => existsSync(`${root}/services/${name}/infra`));
    const owned = services.map((name) => {
      const owner = /owner: "([\w-]+)"/.exec(readFileSync(`${root}/services/${name}/service.ts`, "utf8"))?.[1];
      return `${owner}/${name}`;
    });
    const written = readFileSync(new URL("Pulumi.yaml", import.meta.url), "utf8").match(/^ {6}- [\w-]+\/[\w-]+$/gm) ?? [];
    expect(written.map((line) => line.trim().slice(2)).sort()).toEqual(owned.sort());
  });

  test("is refused of a team that there is not", async () => {
    const { ok, errors } = await plans.account("dev", platform, { "account:services": '["crew/catalog"]' });
    expect(ok).toBe(false);
    expect(errors.join()).toContain(
      'account:services has "crew/catalog": write TEAM/SERVICE, with a team of platform.config.ts (platform, shopping).',
    );
  });

  test("is refused of every stack of the house's own, whose state would be the team's", () => {
    const stacks = readdirSync(`${root}/infra/stacks`).filter((name) => existsSync(`${root}/infra/stacks/${name}/Pulumi.yaml`));
    expect(stacks.length).toBeGreaterThan(5);
    for (const name of stacks) {
      expect(() => servicesByTeam([`shopping/${name}`], platform)).toThrow(`${name} is a stack of infra/stacks`);
    }
    expect(servicesByTeam(["shopping/networks"], platform)).toEqual({ shopping: ["networks"] });
  });

  test("is refused of more services than a role's policy takes, with both sizes", async () => {
    const many = (count: number) =>
      JSON.stringify(Array.from({ length: count }, (_, index) => `shopping/service-number-${index}`));
    expect((await plans.account("dev", platform, { "account:services": many(8) })).errors).toEqual([]);
    const { ok, errors } = await plans.account("dev", platform, { "account:services": many(12) });
    expect(ok).toBe(false);
    expect(errors.join()).toMatch(/role acme-dev-deploy-shopping: role policies of \d+ characters .*, where IAM takes 10240\./);
  });
});

test("a stack that works in another account than settings say is refused", async () => {
  const { ok, errors } = await plans.account("dev", platform, { "aws:allowedAccountIds": '["444444444444"]' });
  expect(ok).toBe(false);
  expect(errors.join()).toContain("Pulumi.dev.yaml allows account 444444444444");
});
