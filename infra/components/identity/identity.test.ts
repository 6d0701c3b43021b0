import { assertFits, POLICY_LIMITS, policySize } from "@fairway/iam";
import type { Platform } from "@fairway/settings";
import { describe, expect, test } from "vitest";
import { deployingTeams, jobOf } from "./ci-roles.ts";
import { refuseImpossible } from "./cost-watch.ts";
import { dataKeyStatements } from "./data-key.ts";
import { githubSubjects, githubTrust } from "./github-trust.ts";
import { boundaryStatements } from "./permissions/boundary.ts";
import { deployServices } from "./permissions/deploy-services.ts";
import { documentOf } from "./permissions/scope.ts";

const team = { github: "a/b", page: "a@b.example", ticket: "a@b.example", costCentre: "c" };
const settings = {
  name: "acme-chandle",
  repository: { owner: "acme-chandlery", name: "platform" },
  teams: { shopping: team, platform: team, crew: team },
  registry: { account: "111111111111", region: "eu-west-1" },
  environments: { preproduction: { name: "preproduction", account: "222222222222", region: "ap-southeast-2" } },
} as unknown as Platform;

describe("a job of CI", () => {
  test("is on main where it only looks, and in an environment of its own where it changes something", () => {
    const jobs = (["preview", "deploy-platform", "deploy-preview", "publish", "deploy-shopping"] as const).map((role) =>
      jobOf({ name: "dev" }, role),
    );
    expect(jobs).toEqual([
      "ref:refs/heads/main",
      "environment:dev",
      "environment:dev-preview",
      "environment:publish",
      "environment:dev-shopping",
    ]);
  });

  test("says itself in one form without ids, in both with them, and half of the ids are none", () => {
    const plain = { owner: "acme", name: "shop" };
    expect(githubSubjects(plain, "environment:dev")).toEqual(["repo:acme/shop:environment:dev"]);
    expect(githubSubjects({ ...plain, ownerId: 1 }, "environment:dev")).toEqual(["repo:acme/shop:environment:dev"]);
    expect(githubSubjects({ ...plain, ownerId: 1, repositoryId: 2 }, "environment:dev")).toEqual([
      "repo:acme/shop:environment:dev",
      "repo:acme@1/shop@2:environment:dev",
    ]);
  });

  test("is trusted exactly: no operator with patterns, no wildcard anywhere", () => {
    const trust = JSON.stringify(
      githubTrust("111111111111", { owner: "acme", name: "shop", ownerId: 1, repositoryId: 2 }, "environment:dev"),
    );
    expect(trust).not.toMatch(/\*|\?|Like/);
    expect(trust).toContain("StringEquals");
  });

  test("deploys for every team but the platform's, which deploys everything", () => {
    expect(deployingTeams(settings)).toEqual(["crew", "shopping"]);
  });
});

test("the boundary fits into a policy with the longest names that settings take", () => {
  const scope = settings.environments.preproduction!;
  const document = documentOf(boundaryStatements({ platform: settings, scope }));
  expect(() => assertFits("managed policy", "boundary", document)).not.toThrow();
  expect(POLICY_LIMITS["managed policy"] - policySize(document)).toBeGreaterThan(500);
});

test("a deploy role's rights by tag fit too, with a long team's name in a region with a long one", () => {
  const team = "customer-experience";
  const { byTag } = deployServices(
    { platform: settings, scope: settings.environments.preproduction! },
    {
      team,
      path: `/acme-chandle/preproduction/${team}/`,
      names: ["checkout"],
      families: ["preproduction-checkout"],
      logGroups: ["/acme-chandle/preproduction/checkout"],
      stacks: [{ project: "checkout", stack: "preproduction" }],
      records: ["checkout"],
    },
  );
  expect(() => assertFits("managed policy", team, documentOf(byTag))).not.toThrow();
});

test("the data key is for this account's own senders and logs", () => {
  const statements = dataKeyStatements({ account: "222222222222", region: "eu-west-1" });
  const services = statements.filter(({ Principal }) => "Service" in Principal);
  expect(services.length).toBeGreaterThan(3);
  expect(
    services.filter((statement) => !JSON.stringify("Condition" in statement && statement.Condition).includes("222222222222")),
  ).toEqual([]);
});

describe("a budget", () => {
  const good = { label: "acme-dev", monthlyUsd: 400, contacts: ["a@b.example"] };

  test("of something, told to addresses, is taken", () => {
    expect(() => refuseImpossible(good)).not.toThrow();
  });

  test.each([
    [{ monthlyUsd: 0 }, 'budget "acme-dev": $0 a month. Allowed is more than nothing.'],
    [{ monthlyUsd: Number.NaN }, "Allowed is more than nothing."],
    [{ contacts: ["a@b.example", "https://hooks.example"] }, '"https://hooks.example" is no email address. Give addresses.'],
  ])("is refused: %j", (change, message) => {
    expect(() => refuseImpossible({ ...good, ...change })).toThrow(message);
  });
});
