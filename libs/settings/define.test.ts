import { describe, expect, test } from "vitest";
import { definePlatform, environmentOf, type PlatformInput, SettingsError } from "./index.ts";

const team = { github: "acme/one", page: "page@acme.example", ticket: "https://tickets.acme.example/one", costCentre: "one" };

/** A platform with `count` environments, each in a /16 of its own. */
function platformWith(count: number): PlatformInput {
  const names = ["dev", "test", "staging", "production", "extra"].slice(0, count);
  return {
    name: "acme",
    repository: { owner: "acme", name: "platform" },
    domain: "acme.example",
    teams: { one: team },
    registry: { account: "111111111111", region: "eu-west-1" },
    environments: Object.fromEntries(names.map((name, index) => [name, environment(index)])),
  };
}

function environment(index: number): PlatformInput["environments"][string] {
  return {
    account: String(index + 2).repeat(12),
    region: "eu-west-1",
    cidr: `10.${index}.0.0/16`,
    zones: ["eu-west-1a", "eu-west-1b"],
    protect: false,
    budget: { monthlyUsd: 100 },
  };
}

/** Path and message of each problem that `change` makes. */
function problemsAfter(change: (input: any) => void): string[] {
  const input = platformWith(3);
  change(input);
  try {
    definePlatform(input);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
}

describe("definePlatform", () => {
  test.each([2, 3, 4])("takes %i environments and keeps their order", (count) => {
    const platform = definePlatform(platformWith(count));
    expect(Object.keys(platform.environments)).toEqual(["dev", "test", "staging", "production"].slice(0, count));
    expect(Object.values(platform.environments).map(({ name }) => name)).toEqual(Object.keys(platform.environments));
  });

  test.each([1, 5])("refuses %i environments", (count) => {
    expect(() => definePlatform(platformWith(count))).toThrow(/two, three or four environments/);
  });

  test("fills in the defaults that the documentation names", () => {
    expect(definePlatform(platformWith(2)).environments.dev).toMatchObject({
      nat: "single",
      gate: "warn",
      network: "own",
      runtimes: ["ecs"],
    });
  });

  test("reports every problem at once, with path and value", () => {
    const input: any = platformWith(3);
    input.environments.dev.account = "12345";
    input.environments.production = { ...environment(4), cidr: "10.0.128.0/18" };
    input.name = "A Very Long Name";
    expect(() => definePlatform(input)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /3 settings can't be used[^]*name +"A Very Long Name"[^]*dev\.account +"12345"[^]*12 digits/,
        ),
      }),
    );
  });

  test("names both environments whose ranges overlap, and a range that is free", () => {
    expect(problemsAfter((input) => (input.environments.staging.cidr = "10.1.0.0/18"))).toEqual([
      'environments.staging.cidr: overlaps environments.test.cidr "10.1.0.0/16". ' +
        "Give each environment a range of its own, for example 10.10.0.0/16.",
    ]);
  });

  test.each([
    [
      "a range with bits below its prefix",
      (i: any) => (i.environments.dev.cidr = "10.0.0.1/16"),
      /dev\.cidr: must be an IPv4 range/,
    ],
    [
      "a range that is too small",
      (i: any) => (i.environments.dev.cidr = "10.0.0.0/24"),
      /dev\.cidr: must be an IPv4 range of \/16 to \/20/,
    ],
    [
      "a zone of another region",
      (i: any) => (i.environments.dev.zones = ["us-east-1a", "eu-west-1a"]),
      /dev\.zones: must be zones of eu-west-1/,
    ],
    ["too few zones", (i: any) => (i.environments.dev.zones = ["eu-west-1a"]), /dev\.zones: name two to four zones/],
    [
      "a zone named twice",
      (i: any) => (i.environments.dev.zones = ["eu-west-1a", "eu-west-1a"]),
      /dev\.zones: names a zone twice/,
    ],
    ["a misspelt setting", (i: any) => (i.environments.dev.bugdet = 3), /dev\.bugdet: is no setting/],
    [
      "a certificate of another account",
      (i: any) =>
        (i.environments.dev.dns = {
          kind: "provided",
          zoneId: "Z0123456789",
          certificateArn: "arn:aws:acm:eu-west-1:999999999999:certificate/a",
        }),
      /is of account 999999999999\. A load balancer takes certificates of its own account, \d{12}/,
    ],
    [
      "a certificate of another region",
      (i: any) =>
        (i.environments.dev.dns = {
          kind: "provided",
          zoneId: "Z0123456789",
          certificateArn: "arn:aws:acm:us-east-1:222222222222:certificate/a",
        }),
      /is in us-east-1\. A load balancer takes certificates of its own region/,
    ],
    ["a team with the name of CI's roles", (i: any) => (i.teams.ci = team), /teams\.ci: "ci" is reserved for CI's own roles/],
    [
      "a given cluster of another account",
      (i: any) => {
        i.environments.dev.kubernetes = {
          kind: "provided",
          clusterName: "theirs",
          clusterArn: "arn:aws:eks:eu-west-1:999999999999:cluster/theirs",
          endpoint: "https://theirs.eks.amazonaws.com",
          certificateAuthority: "LS0t",
          securityGroupId: "sg-0a1b2c3d",
        };
      },
      /kubernetes\.clusterArn: is of account 999999999999\. Services run on a cluster of its own account/,
    ],
    [
      "a bad id inside given load balancers",
      (i: any) => (i.environments.dev.edge = { kind: "provided", public: { arn: "x" } }),
      /dev\.edge\.public\.arn: a load balancer's ARN[^]*dev\.edge\.public\.listenerArn/,
    ],
    [
      "a retention that CloudWatch does not have",
      (i: any) => (i.environments.dev.observability = { logDays: 31 }),
      /dev\.observability\.logDays: days that CloudWatch Logs can keep: 1, 3, 5/,
    ],
    ["the reserved name", (i: any) => (i.environments.shared = environment(8)), /environments\.shared: "shared" is reserved/],
    [
      "an environment called as a team's jobs in another",
      (i: any) => (i.environments["dev-one"] = environment(8)),
      /environments\.dev-one: deploy-platform in dev-one and deploy-one in dev would both be the GitHub environment "dev-one"/,
    ],
    [
      "a team and an environment that are called as another pair",
      (i: any) => {
        i.environments["dev-x"] = environment(8);
        i.teams.two = i.teams["x-two"] = team;
      },
      /deploy-two in dev-x and deploy-x-two in dev would both be the GitHub environment "dev-x-two"/,
    ],
    [
      "an environment called as the jobs that publish",
      (i: any) => (i.environments.publish = environment(8)),
      /environments\.publish: deploy-platform in publish and publish in shared would both be/,
    ],
    [
      "an environment called as a preview",
      (i: any) => (i.environments["preview-eu"] = environment(8)),
      /environments\.preview-eu: preview environments are called preview-/,
    ],
    [
      "an environment called as the path of CI's roles",
      (i: any) => (i.environments.ci = environment(8)),
      /environments\.ci: "ci"/,
    ],
    [
      "a team too long for the name of a role",
      (i: any) => (i.teams["a".repeat(60)] = team),
      /teams\.a{60}: 60 characters, where 44 fit: roles are called acme-ENVIRONMENT-deploy-TEAM/,
    ],
    [
      "a network that is neither ours nor given",
      (i: any) => (i.environments.dev.network = "theirs"),
      /dev\.network: our own .*, or what exists: provided/,
    ],
    [
      "a bad id inside a given network",
      (i: any) => (i.environments.dev.network = { kind: "provided", vpcId: "x" }),
      /dev\.network\.vpcId: a VPC id looks like/,
    ],
  ])("refuses %s", (_, change, expected) => {
    expect(problemsAfter(change).join("\n")).toMatch(expected);
  });

  test("takes names that only resemble those: each is one thing's", () => {
    const input = platformWith(2);
    input.teams = { platform: team, shopping: team, ["a".repeat(39)]: team };
    input.environments = { dev: environment(0), "dev-previews": environment(1), publishing: environment(2) };
    expect(Object.keys(definePlatform(input).environments)).toEqual(["dev", "dev-previews", "publishing"]);
  });

  test("an unknown environment is refused with those that there are", () => {
    expect(() => environmentOf(definePlatform(platformWith(2)), "prod")).toThrow(/no environment "prod".*has dev, test/);
  });
});
