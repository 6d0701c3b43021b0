import { join } from "node:path";
import { rehearsedCloud } from "@fairway/cloud";
import { createRunner, memoryState, run, type Mode, type RunResult } from "@fairway/engine";
import type { PolicyDocument } from "@fairway/iam";
import { unknownNames } from "@fairway/iam/testing";
import { coordinate, keyOf, outputsOf, plannedResources } from "@fairway/planner";
import { checkPolicies, waivers } from "@fairway/policies";
import type { PlannedResource } from "@fairway/resources";
import {
  definePlatform,
  environmentOf,
  provided,
  scopeNames,
  scopeOf,
  type Platform,
  type PlatformInput,
} from "@fairway/settings";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { stacksOf } from "../plan/planned-stacks.ts";
import { loadPlatform, ROOT } from "../workspace/checkout.ts";
import { assumedImage } from "../workspace/images.ts";
import { ORGANIZATION } from "../workspace/organization.ts";
import { findPrograms } from "../workspace/programs.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const platform = await loadPlatform();
const runner = createRunner({ cwd: ROOT });
afterAll(() => runner.close());

type Results = Map<string, RunResult>;

/** Every program that a platform with these settings has in these scopes, in the order of their references. */
async function running(settings: Platform, scopes: readonly string[], mode: Mode, before: Results = new Map()): Promise<Results> {
  const stacks = await stacksOf({
    root: ROOT,
    platform: settings,
    programs: findPrograms(ROOT),
    environments: scopes,
    image: assumedImage,
  });
  const results = await coordinate(stacks, async (stack, references) => {
    const earlier = before.get(keyOf(stack))?.state;
    const result = await run({
      ...stack,
      organization: ORGANIZATION,
      program: { module: join(stack.folder, "index.ts"), args: settings },
      mode,
      state: memoryState(earlier && { resources: earlier.resources().map((each) => ({ ...each })), outputs: earlier.outputs() }),
      providers: rehearsedCloud(),
      references,
      runner,
    });
    return { ok: result.ok, outputs: outputsOf(result), result };
  });
  return new Map([...results].map(([key, { result }]) => [key, result]));
}

const errors = (results: Results) =>
  [...results].flatMap(([key, { diagnostics }]) =>
    diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => `${key}: ${message}`),
  );

function resourcesOf(results: Results): PlannedResource[] {
  return [...results].flatMap(([key, { state, steps }]) => {
    const [project = "", stack = ""] = key.split("/");
    return plannedResources({ project, stack, state, steps });
  });
}

describe.each(scopeNames(platform))("the whole of %s", (scope) => {
  let up: Results;
  let resources: PlannedResource[];
  beforeAll(async () => {
    up = await running(platform, [scope], "update");
    resources = resourcesOf(up);
  });

  test("comes up without an error", () => {
    expect(errors(up)).toEqual([]);
  });

  test("uses no type of resource that the rehearsed cloud has no model of", () => {
    const custom = resources.filter((each) => each.custom);
    expect(custom.length).toBeGreaterThan(10);
    expect([...new Set(custom.filter(({ known }) => known === "assumed").map(({ type }) => type))]).toEqual([]);
  });

  test("breaks no rule that is not waived", () => {
    const today = "2026-11-23";
    const { violations } = checkPolicies({ resources, platform, scope: scopeOf(platform, scope), waivers, today });
    expect(violations.filter(({ waived }) => !waived).map(({ policy, urn, message }) => `${policy}  ${urn}: ${message}`)).toEqual(
      [],
    );
  });

  test("planned again changes nothing", async () => {
    const again = await running(platform, [scope], "preview", up);
    expect(errors(again)).toEqual([]);
    const changed = [...again.values()]
      .flatMap(({ steps }) => steps)
      .filter(({ op, provider }) => op !== "same" && op !== "read" && !provider);
    expect(changed.map(({ urn, why }) => `${urn}: ${why}`)).toEqual([]);
  });

  test("protects what settings ask for", () => {
    if (scope === "shared") return expect(resources.filter(({ protect }) => protect).length).toBeGreaterThan(0);
    const { protect } = environmentOf(platform, scope);
    const guarded =
      /^aws:(ec2\/(vpc|subnet):|lb\/loadBalancer:|s3\/bucket:|ecs\/cluster:|eks\/cluster:|route53\/zone:|servicediscovery\/|kms\/key:)/;
    const foundations = resources.filter(({ type }) => guarded.test(type));
    expect(foundations.length).toBeGreaterThan(8);
    expect(foundations.filter((each) => each.protect !== protect).map(({ urn }) => urn)).toEqual([]);
  });

  test("names in its policies only actions, condition keys and variables that AWS has", async () => {
    const policies = resources.flatMap(({ urn, inputs }) =>
      Object.values(inputs).flatMap((value) => {
        if (typeof value !== "string" || !value.includes('"Statement"')) return [];
        return [{ name: urn, document: JSON.parse(value) as PolicyDocument }];
      }),
    );
    expect(policies.length).toBeGreaterThan(5);
    expect(await unknownNames(policies)).toEqual([]);
  });

  test("gives each role the boundary and a path of the platform's; only CI's own roles, which set it, are without", () => {
    const roles = resources.filter(({ type, inputs }) => type === "aws:iam/role:Role" && inputs.path !== "/acme/ci/");
    // The boundary lets a role do nothing when path and tag disagree.
    const pathOf = (tags: unknown) => `/acme/${scope}/${(tags as Record<string, string> | undefined)?.team ?? "platform"}/`;
    const loose = roles.filter(
      ({ inputs, outputs }) =>
        !String(inputs.permissionsBoundary).endsWith("-boundary") || inputs.path !== pathOf(outputs.tagsAll),
    );
    expect(loose.map(({ urn }) => urn)).toEqual([]);
  });
});

test("the catalogue answers below the domain of its environment", async () => {
  for (const [scope, host] of [
    ["dev", "dev.acme.example"],
    ["production", "acme.example"],
  ] as const) {
    const up = await running(platform, [scope], "update");
    expect(up.get(`catalog/${scope}`)?.outputs.url).toBe(`https://${host}/catalog`);
  }
});

/** The reference platform with other settings of dev. */
function withDev(change: Partial<PlatformInput["environments"][string]>): Platform {
  const { environments, ...rest } = platform;
  const plain = Object.entries(environments).map(([name, { name: _, ...environment }]) => [name, environment] as const);
  const input = { ...rest, environments: Object.fromEntries(plain) } as PlatformInput;
  Object.assign(input.environments.dev!, change);
  return definePlatform(input);
}

const PROVIDED_NETWORK = provided({
  vpcId: "vpc-0a1b2c3d4e5f67890",
  cidr: "10.10.0.0/16",
  publicSubnetIds: ["subnet-0a1b2c3d4e5f67890", "subnet-0a1b2c3d4e5f67891"],
  privateSubnetIds: ["subnet-0a1b2c3d4e5f67892", "subnet-0a1b2c3d4e5f67893"],
  isolatedSubnetIds: ["subnet-0a1b2c3d4e5f67894", "subnet-0a1b2c3d4e5f67895"],
});
const PROVIDED_DNS = provided({
  zoneId: "Z0123456789ABCDEFGHIJ",
  certificateArn: "arn:aws:acm:eu-west-1:222222222222:certificate/3a1f5f0e-6a1c-4f0a-9d53-0d7c1f6f2a01",
});
const PROVIDED_EDGE = provided({
  public: {
    arn: "arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/app/theirs/50dc6c495c0c9188",
    dnsName: "theirs-1234567890.eu-west-1.elb.amazonaws.com",
    zoneId: "Z32O12XQLNTSW2",
    listenerArn: "arn:aws:elasticloadbalancing:eu-west-1:222222222222:listener/app/theirs/50dc6c495c0c9188/f2f7dc8efc522ab2",
    securityGroupId: "sg-0a1b2c3d4e5f67890",
    host: "shop.example",
  },
  internal: null,
});
const PROVIDED_KUBERNETES = provided({
  clusterName: "theirs",
  clusterArn: "arn:aws:eks:eu-west-1:222222222222:cluster/theirs",
  endpoint: "https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com",
  certificateAuthority: "LS0tLS1CRUdJTg==",
  securityGroupId: "sg-0a1b2c3d4e5f67891",
});

describe("a platform with other settings comes up too:", () => {
  const made = (results: Results, project: string) =>
    (results.get(`${project}/dev`)?.state.resources() ?? []).filter(({ type }) => !type.startsWith("pulumi:"));

  test("on ECS only, without a cluster of Kubernetes", async () => {
    const up = await running(withDev({ runtimes: ["ecs"] }), ["dev"], "update");
    expect(errors(up)).toEqual([]);
    expect([...up.keys()].filter((key) => key.startsWith("kubernetes"))).toEqual([]);
    expect(up.has("ecs/dev")).toBe(true);
  });

  test("on Kubernetes only, without a cluster of ECS", async () => {
    const up = await running(withDev({ runtimes: ["kubernetes"] }), ["dev"], "update");
    expect(errors(up)).toEqual([]);
    expect(up.has("ecs/dev")).toBe(false);
    expect(up.has("kubernetes/dev")).toBe(true);
  });

  test("in a network, behind load balancers, with a zone and on a cluster that exist: none of these is made", async () => {
    const settings = withDev({
      network: PROVIDED_NETWORK,
      dns: PROVIDED_DNS,
      edge: PROVIDED_EDGE,
      kubernetes: PROVIDED_KUBERNETES,
    });
    const up = await running(settings, ["dev"], "update");
    expect(errors(up)).toEqual([]);
    expect(["network", "dns", "edge", "kubernetes"].flatMap((project) => made(up, project))).toEqual([]);
    expect(made(up, "catalog").length).toBeGreaterThan(10);
  });

  test("without NAT, by private addresses only", async () => {
    const up = await running(withDev({ nat: "none" }), ["dev"], "update");
    expect(errors(up)).toEqual([]);
  });
});
