import { beforeEach, describe, expect, test } from "vitest";
import { manualClock } from "@fairway/clock";
import { SHARED, type Scope, scopeOf, stateBackend, stateBucket } from "@fairway/settings";
import { setUpBackend } from "../../commands/init.ts";
import { createFakeAws, type FakeAws } from "../testing/fake-aws.ts";
import { recorder } from "../testing/outside.ts";
import { dev, platform } from "../testing/platform.ts";
import { examine, type Surroundings } from "./checks.ts";
import type { Finding } from "./finding.ts";

const ROOM = { "L-F678F1CE": 5, "L-0263D0A3": 5, "L-3032A538": 100, "L-1216C47A": 32, "L-7EED9B64": 100, "L-822D1B1B": 100 };
const NEEDS = { vpcs: 1, addresses: 3, fargateCpu: 5, instanceCpu: 8, rulesPerLoadBalancer: 2, targetGroups: 1, alarms: 5 };
const OURS = { tags: { platform: "acme", environment: "dev", "managed-by": "pulumi" } };

let aws: FakeAws;
let around: Surroundings;
beforeEach(async () => {
  aws = createFakeAws(dev);
  await setUpBackend(
    platform,
    dev,
    { yes: true, dryRun: false, json: false },
    { clients: () => aws.clients, confirm: async () => true, output: recorder(), clock: { wait: async () => {} } },
  );
  for (const [code, value] of Object.entries(ROOM)) aws.quotas.set(code, value);
  aws.calls.length = 0;
  around = ready();
});
/** Surroundings in which nothing is wrong. */
function ready(): Surroundings {
  return {
    clients: aws.clients,
    clock: manualClock(Date.parse("2026-11-23T12:00:00Z")),
    pulumi: { version: async () => "v3.265.0", backend: async () => stateBackend(platform, dev) },
    required: [{ project: "network", range: ">=3.259.0" }],
    resolveNs: async () => [...nameServers()].reverse(),
    github: async () => undefined,
    needs: async () => NEEDS,
    waitingFor: () => {},
  };
}

const nameServers = () => {
  const { dns } = platform.environments.dev!;
  return "nameServers" in dns ? dns.nameServers : [];
};
const examined = (scope: Scope = dev) => examine(platform, scope, around);
const of = (findings: Finding[], check: string) => findings.filter((each) => each.check === check);

describe("an environment that is ready", () => {
  test("has nothing wrong, and each finding says what was looked at", async () => {
    const findings = await examined();
    expect(findings.filter(({ state }) => state === "wrong")).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining(["account", "backend", "zones", "quotas", "pulumi", "dns", "github"]),
    );
    expect(of(findings, "backend")).toEqual([
      { check: "backend", state: "fine", message: `${stateBucket(platform, dev)} and its key: versioned, encrypted, private` },
    ]);
  });

  test("is only looked at: nothing is changed", async () => {
    await examined();
    expect(aws.calls.filter((name) => !/^(Get|Head|Describe|List)/.test(name))).toEqual([]);
  });

  test("says what was not looked at without a GitHub token, and why that matters", async () => {
    expect(of(await examined(), "github")).toEqual([
      expect.objectContaining({
        state: "note",
        message: expect.stringMatching(/not looked at: no GitHub token[^]*Only GitHub enforces/),
      }),
    ]);
  });

  test("of what all share has neither zones nor quotas nor names", async () => {
    const shared = scopeOf(platform, SHARED);
    aws = createFakeAws(shared);
    around = ready();
    const findings = await examined(shared);
    expect(new Set(findings.map(({ check }) => check))).toEqual(new Set(["account", "backend", "pulumi", "github"]));
  });
});

describe("credentials", () => {
  test.each([
    ["none", "CredentialsProviderError", /aws sso login/],
    ["expired", "ExpiredToken", /session has ended/],
  ])("that are %s stop every other question to AWS, and say how to get some", async (_, name, fix) => {
    aws.fail("GetCallerIdentityCommand", { name });
    const findings = await examined();
    expect(of(findings, "account")).toEqual([expect.objectContaining({ state: "wrong", fix: expect.stringMatching(fix) })]);
    expect(of(findings, "aws")).toEqual([
      { check: "aws", state: "note", message: "backend, zones, quotas not looked at without credentials of the account" },
    ]);
    expect(aws.calls).toEqual(["GetCallerIdentityCommand"]);
    expect(of(findings, "dns")).toEqual([expect.objectContaining({ state: "fine" })]);
  });

  test("of another account are told with both numbers", async () => {
    aws = createFakeAws(dev, { caller: "999999999999" });
    around = ready();
    expect(of(await examined(), "account")).toEqual([
      expect.objectContaining({ state: "wrong", message: expect.stringMatching(/999999999999[^]*222222222222/) }),
    ]);
    expect(aws.calls).toEqual(["GetCallerIdentityCommand"]);
  });
});

describe("the backend", () => {
  test("that is not there is one finding with the command that makes it", async () => {
    aws = createFakeAws(dev);
    around = ready();
    expect(of(await examined(), "backend")).toEqual([
      expect.objectContaining({ state: "wrong", fix: "npx fairway init backend --env dev" }),
    ]);
  });

  test("that someone loosened says what is loose", async () => {
    aws.s3.buckets.get(stateBucket(platform, dev))!.settings.set("BucketVersioning", { Status: "Suspended" });
    expect(of(await examined(), "backend")).toEqual([
      expect.objectContaining({ state: "wrong", message: "the bucket's versions: are Suspended" }),
    ]);
  });
});

describe("quotas", () => {
  const quota = async (what: string) => (await examined()).find(({ message }) => message.startsWith(what));

  test("count what others have, and not what this environment has already", async () => {
    aws.network.addresses = [OURS, OURS, OURS, { tags: {} }, { tags: { ...OURS.tags, environment: "staging" } }];
    expect(await quota("Elastic IP")).toMatchObject({
      state: "note",
      message: "Elastic IP addresses: 3 needed, 2 of others, 5 allowed: nearly used up",
    });
  });

  test("that are too small say the command that asks for more", async () => {
    aws.network.vpcs = Array.from({ length: 5 }, () => ({ tags: {} }));
    expect(await quota("VPCs")).toMatchObject({
      state: "wrong",
      message: "VPCs per region: 1 needed, 5 of others, 5 allowed",
      fix: expect.stringContaining("--region eu-west-1 --service-code vpc --quota-code L-F678F1CE --desired-value 6"),
    });
  });

  test("that nobody changed are AWS's default", async () => {
    aws.quotas.delete("L-3032A538");
    aws.quotas.set("default L-3032A538", 4);
    expect(await quota("Fargate vCPU")).toMatchObject({ state: "wrong", message: "Fargate vCPU: 5 needed, 4 allowed" });
  });

  test("of what a plan does not have are not told", async () => {
    around.needs = async () => ({ ...NEEDS, instanceCpu: 0 });
    expect(await quota("EC2 vCPU")).toBeUndefined();
  });

  test("that AWS does not name are a note", async () => {
    aws.quotas.delete("L-3032A538");
    expect(await quota("Fargate vCPU")).toMatchObject({ state: "note", message: expect.stringContaining("AWS names no limit") });
  });

  test("the hundred-and-first listener rule is told before an update meets it", async () => {
    around.needs = async () => ({ ...NEEDS, rulesPerLoadBalancer: 101 });
    expect(await quota("rules per load balancer")).toMatchObject({
      state: "wrong",
      message: "rules per load balancer: 101 needed, 100 allowed",
    });
  });

  test("that a role may not read are one note with the action, and the others are told all the same", async () => {
    aws.fail("GetServiceQuotaCommand", { name: "AccessDeniedException", status: 403 });
    const findings = of(await examined(), "quotas");
    expect(findings).toContainEqual(
      expect.objectContaining({ state: "fine", message: expect.stringContaining("CloudWatch alarms") }),
    );
    expect(findings.filter(({ state }) => state === "note")).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(/not looked at: VPCs per region, Elastic IP[^]*servicequotas:GetServiceQuota/),
      }),
    ]);
  });
});

test("a zone that the account lacks is named, with those that it has", async () => {
  aws.network.zones = ["eu-west-1a", "eu-west-1c"];
  expect(of(await examined(), "zones")).toEqual([
    expect.objectContaining({ state: "wrong", message: "eu-west-1b not in account 222222222222: it has eu-west-1a, eu-west-1c" }),
  ]);
});

describe("the Pulumi CLI", () => {
  const pulumi = async (version: string | undefined, backend: string | undefined) => {
    around.pulumi = { version: async () => version, backend: async () => backend };
    return of(await examined(), "pulumi").map(({ state, message, fix }) => `${state} ${message} ${fix ?? ""}`);
  };
  const here = stateBackend(platform, dev);

  test("that is too old names the project and what it wants", async () => {
    expect(await pulumi("v3.258.9", here)).toContainEqual(
      expect.stringMatching(/^wrong 3\.258\.9 is not[^]*network wants >=3\.259\.0/),
    );
  });

  test("that is not there says how it is installed", async () => {
    expect(await pulumi(undefined, here)).toContainEqual("wrong there is no Pulumi CLI npm install --global pulumi");
  });

  test("that is logged in to another environment's states is wrong", async () => {
    const elsewhere = "s3://acme-production-pulumi-state-444444444444?region=eu-west-1";
    expect(await pulumi("v3.265.0", elsewhere)).toContainEqual(
      expect.stringMatching(/^wrong logged in to s3:\/\/acme-production[^]*pulumi login 's3:\/\/acme-dev/),
    );
  });

  test("reached with other parameters is the same backend", async () => {
    expect(await pulumi("v3.265.0", `${here}&profile=dev`)).toContainEqual(expect.stringMatching(/^fine logged in to/));
  });
});

describe("delegation", () => {
  const dns = async (resolveNs: Surroundings["resolveNs"]) => {
    around.resolveNs = resolveNs;
    return of(await examined(), "dns");
  };
  const failing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

  test("to other name servers than settings say is wrong", async () => {
    expect(await dns(async () => ["ns.elsewhere.example."])).toEqual([
      expect.objectContaining({
        state: "wrong",
        message: expect.stringContaining("dev.acme.example is delegated to ns.elsewhere.example, and settings say ns-101"),
      }),
    ]);
  });

  test("that is not there is wrong", async () => {
    expect(await dns(failing("ENOTFOUND"))).toEqual([expect.objectContaining({ state: "wrong" })]);
  });

  test("that nobody could be asked about is a note: perhaps there is no network", async () => {
    expect(await dns(failing("ECONNREFUSED"))).toEqual([expect.objectContaining({ state: "note" })]);
  });
});
