import { type PropertyMap, unknown } from "@fairway/engine";
import { describe, expect, test } from "vitest";
import { awsProvider } from "../provider.ts";
import { kubernetesSamples } from "./samples.ts";

const type = "aws:eks/cluster:Cluster";
const aws = await awsProvider().configure({ region: "eu-west-1" });
const sample = kubernetesSamples.find((each) => each.type === type)!.good;

/** The sample with a change (`null` removes a property), as a check leaves it. */
async function checked(change: PropertyMap = {}): Promise<PropertyMap> {
  const { inputs, failures } = await check(change);
  expect(failures).toEqual([]);
  return inputs;
}

function check(change: PropertyMap) {
  return aws.check({
    urn: "u",
    type,
    name: "main",
    seed: "00aa",
    oldInputs: undefined,
    newInputs: { ...sample, name: "main", ...change },
  });
}

describe("a cluster", () => {
  test("has what its clients need: an authority in PEM's form, an issuer with the endpoint's digits, a group of its own", async () => {
    const { outputs } = await aws.create({ urn: "u", type, name: "main", inputs: await checked(), token: "t", seed: "00aa" });
    const { data } = outputs.certificateAuthority as { data: string };
    expect(Buffer.from(data, "base64").toString()).toMatch(/^-----BEGIN CERTIFICATE-----\n[^]+\n-----END CERTIFICATE-----\n$/);
    const digits = /^https:\/\/([0-9A-F]{32})\./.exec(String(outputs.endpoint))?.[1];
    expect(outputs.identities).toEqual([{ oidcs: [{ issuer: `https://oidc.eks.eu-west-1.amazonaws.com/id/${digits}` }] }]);
    expect(outputs.vpcConfig).toMatchObject({
      clusterSecurityGroupId: expect.stringMatching(/^sg-0[0-9a-f]{16}$/),
      endpointPrivateAccess: false,
      publicAccessCidrs: ["0.0.0.0/0"],
    });
  });

  test("keeps its security group through updates", async () => {
    const [oldInputs, newInputs] = [await checked(), await checked({ version: "1.36" })];
    const { id, outputs } = await aws.create({ urn: "u", type, name: "main", inputs: oldInputs, token: "t", seed: "00aa" });
    const updated = await aws.update({ urn: "u", type, id, oldInputs, oldOutputs: outputs, newInputs });
    expect(updated.vpcConfig).toEqual(outputs.vpcConfig);
    expect(updated).toMatchObject({ version: "1.36", endpoint: outputs.endpoint });
  });

  test.each<[string, PropertyMap]>([
    ["all three capabilities of Auto Mode", {}],
    ["none of them", { computeConfig: null, kubernetesNetworkConfig: null, storageConfig: null }],
    ["a role that is not known yet", { computeConfig: { enabled: true, nodePools: ["system"], nodeRoleArn: unknown } }],
    ["subnets that are not known yet", { vpcConfig: { subnetIds: unknown } }],
  ])("is taken with %s", async (_, change) => {
    expect((await check(change)).failures).toEqual([]);
  });
});

const vpc = { subnetIds: ["subnet-0a1b2c3d4e5f67890", "subnet-0a1b2c3d4e5f67891"] };
const compute = { enabled: true, nodePools: ["general-purpose", "system"], nodeRoleArn: "arn:aws:iam::111122223333:role/nodes" };
const noCompute = { computeConfig: null, kubernetesNetworkConfig: null, storageConfig: null };
const services = (more: PropertyMap = {}) => ({
  kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true }, ...more },
});
const leaving = (controlPlaneEgressMode: string) => ({ vpcConfig: { ...vpc, controlPlaneEgressMode } });
const maker = (bootstrapClusterCreatorAdminPermissions: boolean) => ({
  accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions },
});

describe("a change of", () => {
  test.each<[string, PropertyMap, PropertyMap, string[]]>([
    ["the name", {}, { name: "other" }, ["name"]],
    ["the role", {}, { roleArn: "arn:aws:iam::111122223333:role/other" }, ["roleArn"]],
    ["the maker's rights", maker(false), maker(true), ["accessConfig"]],
    ["the range of services", services(), services({ serviceIpv4Cidr: "172.20.0.0/16" }), ["kubernetesNetworkConfig"]],
    ["the family of addresses", services(), services({ ipFamily: "ipv6" }), ["kubernetesNetworkConfig"]],
    ["encryption to none", {}, { encryptionConfig: null }, ["encryptionConfig"]],
    ["the nodes' role", {}, { computeConfig: { ...compute, nodeRoleArn: unknown } }, ["computeConfig"]],
    ["a way out of one's own to AWS's", leaving("CUSTOMER_ROUTED"), leaving("AWS_MANAGED"), ["vpcConfig"]],
  ])("%s replaces", async (_, before, after, keys) => {
    expect((await difference(before, after)).replaceKeys).toEqual(keys);
  });

  test.each<[string, PropertyMap, PropertyMap]>([
    ["the version", {}, { version: "1.36" }],
    ["how one logs in", { accessConfig: { authenticationMode: "API_AND_CONFIG_MAP" } }, maker(true)],
    ["the family of addresses to the default's name", services(), services({ ipFamily: "ipv4" })],
    ["no encryption to some", { encryptionConfig: null }, {}],
    ["no nodes' role to one", noCompute, {}],
    [
      "subnets and ranges",
      {},
      { vpcConfig: { subnetIds: [...vpc.subnetIds, "subnet-0c"], publicAccessCidrs: ["203.0.113.0/24"] } },
    ],
    ["a way out of AWS's to one's own", leaving("AWS_MANAGED"), leaving("CUSTOMER_ROUTED")],
    ["the log", {}, { enabledClusterLogTypes: ["audit"] }],
    ["protection", {}, { deletionProtection: true }],
  ])("%s is made in place", async (_, before, after) => {
    const { changedKeys, replaceKeys } = await difference(before, after);
    expect(changedKeys.length).toBeGreaterThan(0);
    expect(replaceKeys).toEqual([]);
  });

  test("the order of what are sets is none", async () => {
    const turned = {
      vpcConfig: { subnetIds: vpc.subnetIds.toReversed() },
      computeConfig: { ...compute, nodePools: ["system", "general-purpose"] },
      enabledClusterLogTypes: ["audit", "api"],
    };
    expect((await difference({ vpcConfig: vpc, computeConfig: compute }, turned)).changedKeys).toEqual([]);
  });

  async function difference(before: PropertyMap, after: PropertyMap) {
    const [oldInputs, newInputs] = [await checked(before), await checked(after)];
    const { id, outputs } = await aws.create({ urn: "u", type, name: "main", inputs: oldInputs, token: "t", seed: "00aa" });
    return aws.diff({ urn: "u", type, id, oldInputs, oldOutputs: outputs, newInputs });
  }
});
