import { fileURLToPath } from "node:url";
import { rehearsedCloud } from "@fairway/cloud";
import { createTrials } from "@fairway/planner/testing";
import { type Environment, environmentOf, permissionsBoundary, type Platform, provided } from "@fairway/settings";
import { afterAll, describe, expect, test } from "vitest";
import platform from "../../../platform.config.ts";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());

const dev = environmentOf(platform, "dev");

/** Brings up the network of dev. */
function network(changes: Partial<Environment> = {}, config: Record<string, string> = {}) {
  const settings: Platform = { ...platform, environments: { ...platform.environments, dev: { ...dev, ...changes } } };
  return trials.run({
    project: "network",
    program: { module: fileURLToPath(new URL("./index.ts", import.meta.url)), args: settings },
    config: { "aws:region": "eu-west-1", "aws:allowedAccountIds": `["${dev.account}"]`, ...config },
  });
}

describe("the network of an environment", () => {
  test("has a private, a public and an isolated subnet in each zone, in the order of the zones", async () => {
    const { errors, outputs, ofType } = await network();
    expect(errors).toEqual([]);
    const zoneOf = new Map(ofType("aws:ec2/subnet:Subnet").map(({ outputs: made }) => [made.id, made.availabilityZone]));
    for (const kind of ["publicSubnetIds", "privateSubnetIds", "isolatedSubnetIds"]) {
      expect((outputs[kind] as string[]).map((id) => zoneOf.get(id))).toEqual(dev.zones);
    }
    expect(outputs).toMatchObject({ cidr: dev.cidr, vpcId: ofType("aws:ec2/vpc:Vpc")[0]?.outputs.id });
  });

  test("lets the role that writes its flow logs do no more than the platform's boundary", async () => {
    const { ofType } = await network();
    expect(ofType("aws:iam/role:Role").map(({ inputs }) => [inputs.path, inputs.permissionsBoundary])).toEqual([
      ["/acme/dev/platform/", permissionsBoundary(platform, dev).arn],
    ]);
  });

  test("without a way out has endpoints for what each runtime of the environment needs", async () => {
    const endpoints = async (runtimes: Environment["runtimes"]) => {
      const { ofType } = await network({ nat: "none", runtimes });
      return ofType("aws:ec2/vpcEndpoint:VpcEndpoint").map(({ inputs }) => String(inputs.serviceName).split("eu-west-1.")[1]);
    };
    expect(await endpoints(["ecs"])).not.toContain("eks");
    expect(await endpoints(["ecs", "kubernetes"])).toEqual(
      expect.arrayContaining(["secretsmanager", "eks", "eks-auth", "sts", "s3"]),
    );
  });

  test("that exists is passed on as settings give it, and nothing is created", async () => {
    const given = {
      vpcId: "vpc-0a1b2c3d4e5f67890",
      cidr: "10.99.0.0/16",
      publicSubnetIds: ["subnet-0a1b2c3d4e5f67890", "subnet-0a1b2c3d4e5f67891"],
      privateSubnetIds: ["subnet-0a1b2c3d4e5f67892", "subnet-0a1b2c3d4e5f67893"],
      isolatedSubnetIds: ["subnet-0a1b2c3d4e5f67894", "subnet-0a1b2c3d4e5f67895"],
    };
    const { errors, outputs, resources } = await network({ network: provided(given) });
    expect(errors).toEqual([]);
    expect(outputs).toEqual(given);
    expect(resources).toEqual([]);
  });
});

describe("the network is refused", () => {
  test("in another account than settings say, whoever is right", async () => {
    const { ok, errors, resources } = await network({}, { "aws:allowedAccountIds": '["444444444444"]' });
    expect(ok).toBe(false);
    expect(errors.join()).toMatch(/Pulumi\.dev\.yaml allows account 444444444444 .*"dev" into 222222222222/);
    expect(resources).toEqual([]);
  });

  test("without a way out to a registry in another region: no endpoint leads there", async () => {
    const region = "eu-central-1";
    const zones = ["eu-central-1a", "eu-central-1b"];
    const { ok, errors } = await network({ nat: "none", region, zones }, { "aws:region": region });
    expect(ok).toBe(false);
    expect(errors.join()).toMatch(/environment dev has no NAT, and the registry is in eu-west-1.*environments\.dev to "single"/);
  });

  test("in a region with too few zones, naming those that there are", async () => {
    const region = "us-west-1";
    const zones = ["us-west-1a", "us-west-1b", "us-west-1c"];
    const { ok, errors } = await network({ region, zones }, { "aws:region": region });
    expect(ok).toBe(false);
    expect(errors.join()).toMatch(/settings name us-west-1b, but us-west-1 has 2 zones .*: us-west-1a, us-west-1c\./);
  });
});
