import { rehearsedCloud } from "@fairway/cloud";
import { type Authority, authority } from "@fairway/iam";
import { createTrials } from "@fairway/planner/testing";
import type { Platform } from "@fairway/settings";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import platform from "../../../../platform.config.ts";
import { createPlans } from "../fixtures/plans.ts";

const ISSUER = "token.actions.githubusercontent.com";
const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());
const plans = createPlans(trials);

/** Whether a token of GitHub's opens a role of an account. */
function opens(of: Authority, account: string, role: string, sub: string, aud = "sts.amazonaws.com"): boolean {
  const provider = `arn:aws:iam::${account}:oidc-provider/${ISSUER}`;
  return of.ask({
    by: { kind: "federated", provider },
    action: "sts:AssumeRoleWithWebIdentity",
    resource: of.role(role).arn,
    context: { [`${ISSUER}:sub`]: sub, [`${ISSUER}:aud`]: aud },
  }).allowed;
}

const REPOSITORY = "repo:acme-chandlery/platform";

describe("the roles of dev", () => {
  let dev: Authority;
  beforeAll(async () => void (dev = authority((await plans.account("dev")).resources)), 60_000);
  const opensDev = (role: string, sub: string, aud?: string) => opens(dev, "222222222222", `acme-dev-${role}`, sub, aud);

  test.each([
    ["deploy-platform", `${REPOSITORY}:environment:dev`],
    ["deploy-shopping", `${REPOSITORY}:environment:dev-shopping`],
    ["deploy-preview", `${REPOSITORY}:environment:dev-preview`],
    ["preview", `${REPOSITORY}:ref:refs/heads/main`],
  ])("%s is opened by %s, and by no other of these jobs", (role, own) => {
    const others = [
      `${REPOSITORY}:pull_request`,
      `${REPOSITORY}:ref:refs/heads/main`,
      `${REPOSITORY}:ref:refs/heads/feature`,
      `${REPOSITORY}:ref:refs/tags/main`,
      `${REPOSITORY}:environment:dev`,
      `${REPOSITORY}:environment:dev-shopping`,
      `${REPOSITORY}:environment:dev-preview`,
      `${REPOSITORY}:environment:production`,
      `${REPOSITORY}:environment:Dev`,
      `${REPOSITORY}:environment:dev:x`,
      `repo:acme-chandlery/platform-evil:${own.split(":").slice(2).join(":")}`,
      `repo:evil/platform:${own.split(":").slice(2).join(":")}`,
      `repo:acme-chandlery/*:${own.split(":").slice(2).join(":")}`,
    ];
    expect(opensDev(role, own)).toBe(true);
    expect(others.filter((sub) => sub !== own && opensDev(role, sub))).toEqual([]);
  });

  test("are opened by tokens for AWS only", () => {
    const sub = `${REPOSITORY}:environment:dev`;
    expect(opensDev("deploy-platform", sub, "sts.amazonaws.com")).toBe(true);
    expect(opensDev("deploy-platform", sub, "https://github.com/acme-chandlery")).toBe(false);
    expect(opensDev("deploy-platform", sub, "sts.amazonaws.com.cn")).toBe(false);
  });

  test("are opened by GitHub's tokens only: no other provider, no role, no service", () => {
    const resource = dev.role("acme-dev-deploy-platform").arn;
    const context = { [`${ISSUER}:sub`]: `${REPOSITORY}:environment:dev`, [`${ISSUER}:aud`]: "sts.amazonaws.com" };
    const provider = "arn:aws:iam::222222222222:oidc-provider/gitlab.com";
    const ask = (by: Parameters<Authority["ask"]>[0]["by"], action: string) => dev.ask({ by, action, resource, context }).allowed;
    expect(ask({ kind: "federated", provider }, "sts:AssumeRoleWithWebIdentity")).toBe(false);
    expect(ask("acme-dev-preview", "sts:AssumeRole")).toBe(false);
    expect(ask({ kind: "service", name: "ecs-tasks.amazonaws.com" }, "sts:AssumeRole")).toBe(false);
  });

  test("need a token that says its job: without the claim nothing opens", () => {
    const provider = `arn:aws:iam::222222222222:oidc-provider/${ISSUER}`;
    const question = { by: { kind: "federated" as const, provider }, action: "sts:AssumeRoleWithWebIdentity" };
    const resource = dev.role("acme-dev-preview").arn;
    const aud = { [`${ISSUER}:aud`]: "sts.amazonaws.com" };
    const sub = { [`${ISSUER}:sub`]: `${REPOSITORY}:ref:refs/heads/main` };
    expect(dev.ask({ ...question, resource, context: { ...aud, ...sub } }).allowed).toBe(true);
    expect(dev.ask({ ...question, resource, context: aud }).allowed).toBe(false);
    expect(dev.ask({ ...question, resource, context: sub }).allowed).toBe(false);
  });
});

describe("a repository with ids in settings", () => {
  const repository = { ...platform.repository, ownerId: 4711, repositoryId: 815 };
  const settings: Platform = { ...platform, repository };
  const immutable = "repo:acme-chandlery@4711/platform@815:environment:production";

  test("opens its roles with either form of subject, and with no other ids", async () => {
    const production = authority((await plans.account("production", settings)).resources);
    const opened = (sub: string) => opens(production, "444444444444", "acme-production-deploy-platform", sub);
    expect(opened(immutable)).toBe(true);
    expect(opened(`${REPOSITORY}:environment:production`)).toBe(true);
    expect(opened(immutable.replace("4711", "4712"))).toBe(false);
    expect(opened(immutable.replace("@815", "@816"))).toBe(false);
    expect(opened(immutable.replace("@815", ""))).toBe(false);
    expect(opened(immutable.replace(":production", ":production-shopping"))).toBe(false);
  });

  test("without them a subject with ids opens nothing", async () => {
    const production = authority((await plans.account("production")).resources);
    const opened = (sub: string) => opens(production, "444444444444", "acme-production-deploy-platform", sub);
    expect(opened(immutable)).toBe(false);
    expect(opened(`${REPOSITORY}:environment:production`)).toBe(true);
  });
});

describe("dev's jobs in production", () => {
  test("open nothing, and production's open their own", async () => {
    const production = authority((await plans.account("production")).resources);
    const opened = (role: string, environment: string) =>
      opens(production, "444444444444", `acme-production-${role}`, `${REPOSITORY}:environment:${environment}`);
    expect([opened("deploy-platform", "dev"), opened("deploy-platform", "production")]).toEqual([false, true]);
    expect([opened("deploy-shopping", "dev-shopping"), opened("deploy-shopping", "production-shopping")]).toEqual([false, true]);
    expect(() => production.role("acme-production-deploy-preview")).toThrow("0 planned roles");
  });
});

describe("who publishes images", () => {
  test("does it from a job in its own environment, in the registry's account, and only there is the role", async () => {
    const shared = authority((await plans.account("shared")).resources);
    const opened = (sub: string) => opens(shared, "111111111111", "acme-shared-publish", sub);
    expect(opened(`${REPOSITORY}:environment:publish`)).toBe(true);
    expect(opened(`${REPOSITORY}:ref:refs/heads/main`)).toBe(false);
    expect(opened(`${REPOSITORY}:pull_request`)).toBe(false);
    const dev = authority((await plans.account("dev")).resources);
    expect(() => dev.role("acme-dev-publish")).toThrow("0 planned roles");
  });
});
