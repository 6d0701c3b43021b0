import { describe, expect, test } from "vitest";
import platform from "../../platform.config.ts";
import { ciRole, githubEnvironment, ownsAccount, permissionsBoundary, pulumiConfig, recordTable, roleDefaults } from "./index.ts";
import { scopeNames, scopeOf, stateBackend, type Platform } from "./index.ts";

const production = scopeOf(platform, "production");

describe("scopes", () => {
  test("are the environments in promotion order, then what they share", () => {
    expect(scopeNames(platform)).toEqual(["dev", "staging", "production", "shared"]);
  });

  test("have an account, a region and a state backend each; what is shared lives with the registry", () => {
    expect(scopeOf(platform, "shared")).toEqual({ name: "shared", account: "111111111111", region: "eu-west-1" });
    const backends = scopeNames(platform).map((name) => stateBackend(platform, scopeOf(platform, name)));
    expect(new Set(backends).size).toBe(4);
    expect(backends.at(-1)).toBe("s3://acme-shared-pulumi-state-111111111111?region=eu-west-1");
  });

  test("that are in no setting are refused with those that are", () => {
    expect(() => scopeOf(platform, "prod")).toThrow(/no environment "prod".*dev, staging, production, shared/);
  });

  test("say for Pulumi the account that may be touched, the shared one too", () => {
    expect(pulumiConfig(platform, scopeOf(platform, "shared"))).toMatchObject({
      secretsprovider: "awskms://alias/acme-shared-pulumi?region=eu-west-1",
      config: { "aws:allowedAccountIds": ["111111111111"], "aws:region": "eu-west-1" },
    });
  });
});

describe("what an account can have only once", () => {
  const inOneAccount = (...names: string[]): Platform => ({
    ...platform,
    environments: Object.fromEntries(
      Object.entries(platform.environments).map(([name, environment]) => [
        name,
        names.includes(name) ? { ...environment, account: "999999999999" } : environment,
      ]),
    ),
  });
  const owners = (settings: Platform) => scopeNames(settings).filter((name) => ownsAccount(settings, scopeOf(settings, name)));

  test("is each scope's own where each has its account", () => {
    expect(owners(platform)).toEqual(["dev", "staging", "production", "shared"]);
  });

  test("belongs to the first of those that share one", () => {
    expect(owners(inOneAccount("dev", "staging"))).toEqual(["dev", "production", "shared"]);
    const all = inOneAccount("dev", "staging", "production");
    expect(owners({ ...all, registry: { account: "999999999999", region: "eu-west-1" } })).toEqual(["dev"]);
  });
});

describe("names that follow from settings", () => {
  test("are ARNs that any program can write down", () => {
    expect(ciRole(platform, production, "deploy-shopping")).toEqual({
      name: "acme-production-deploy-shopping",
      arn: "arn:aws:iam::444444444444:role/acme/ci/acme-production-deploy-shopping",
    });
    expect(permissionsBoundary(platform, production).arn).toBe("arn:aws:iam::444444444444:policy/acme/acme-production-boundary");
    expect(recordTable(platform).arn).toBe("arn:aws:dynamodb:eu-west-1:111111111111:table/acme-deployments");
  });

  test("give workload roles a path by environment and team, which is never the path of the CI roles", () => {
    expect(roleDefaults(platform, production, "shopping")).toEqual({
      path: "/acme/production/shopping/",
      permissionsBoundary: "arn:aws:iam::444444444444:policy/acme/acme-production-boundary",
    });
    expect(ciRole(platform, production, "publish").arn).toContain(":role/acme/ci/");
  });

  test.each([
    ["deploy-platform", "production"],
    ["deploy-shopping", "production-shopping"],
    ["deploy-preview", "production-preview"],
    ["publish", "publish"],
  ] as const)("put the jobs of %s into a GitHub environment of their own", (role, expected) => {
    expect(githubEnvironment(production, role)).toBe(expected);
  });
});
