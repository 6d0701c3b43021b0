import { type PropertyMap, unknown } from "@fairway/engine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { awsProvider, awsTypes } from "./provider.ts";

const CONFIGURATION = { region: "eu-west-1", allowedAccountIds: '["111122223333"]' };
const aws = await awsProvider().configure(CONFIGURATION);

describe("a change of", () => {
  test.each<[string, string, PropertyMap, PropertyMap, string[]]>([
    [
      "a subnet's range replaces it",
      "ec2/subnet:Subnet",
      { cidrBlock: "10.0.0.0/20" },
      { cidrBlock: "10.0.16.0/20" },
      ["cidrBlock"],
    ],
    ["a subnet's public addresses is in place", "ec2/subnet:Subnet", {}, { mapPublicIpOnLaunch: true }, []],
    ["a VPC's tags is in place", "ec2/vpc:Vpc", { tags: { a: "1" } }, { tags: { a: "2" } }, []],
    ["a VPC's range replaces it", "ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }, { cidrBlock: "10.1.0.0/16" }, ["cidrBlock"]],
    [
      "tenancy to dedicated replaces",
      "ec2/vpc:Vpc",
      { instanceTenancy: "default" },
      { instanceTenancy: "dedicated" },
      ["instanceTenancy"],
    ],
    ["tenancy back to default is in place", "ec2/vpc:Vpc", { instanceTenancy: "dedicated" }, { instanceTenancy: "default" }, []],
    [
      "a security group's description replaces it",
      "ec2/securityGroup:SecurityGroup",
      { description: "a" },
      { description: "b" },
      ["description"],
    ],
    [
      "containers is a new revision",
      "ecs/taskDefinition:TaskDefinition",
      { containerDefinitions: "[1]" },
      { containerDefinitions: "[2]" },
      ["containerDefinitions"],
    ],
    ["a task definition's tags is in place", "ecs/taskDefinition:TaskDefinition", { tags: {} }, { tags: { a: "1" } }, []],
    ["a service's task definition is in place", "ecs/service:Service", { taskDefinition: "a:1" }, { taskDefinition: "a:2" }, []],
    ["a service's cluster replaces it", "ecs/service:Service", { cluster: "a" }, { cluster: "b" }, ["cluster"]],
    [
      "capacity with a forced deployment is in place",
      "ecs/service:Service",
      { capacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }] },
      { capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }], forceNewDeployment: true },
      [],
    ],
    [
      "capacity without one replaces",
      "ecs/service:Service",
      { capacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }] },
      { capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }] },
      ["capacityProviderStrategies"],
    ],
    ["a target group's port replaces it", "lb/targetGroup:TargetGroup", { port: 80 }, { port: 8080 }, ["port"]],
    ["a rule's priority is in place", "lb/listenerRule:ListenerRule", { priority: 100 }, { priority: 101 }, []],
    [
      "an application load balancer's subnets is in place",
      "lb/loadBalancer:LoadBalancer",
      { subnets: ["a", "b"] },
      { subnets: ["a", "c"] },
      [],
    ],
    [
      "a network load balancer's subnets replaces when one goes",
      "lb/loadBalancer:LoadBalancer",
      { loadBalancerType: "network", subnets: ["a", "b"] },
      { loadBalancerType: "network", subnets: ["a"] },
      ["subnets"],
    ],
    [
      "a security group rule from a range to a group replaces",
      "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      { cidrIpv4: "10.0.0.0/8" },
      { referencedSecurityGroupId: "sg-1" },
      ["cidrIpv4", "referencedSecurityGroupId"],
    ],
    [
      "a security group rule's range is in place",
      "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      { cidrIpv4: "10.0.0.0/8" },
      { cidrIpv4: "10.0.0.0/16" },
      [],
    ],
    ["a role's trust is in place", "iam/role:Role", { assumeRolePolicy: "{}" }, { assumeRolePolicy: '{"a":1}' }, []],
    ["the region replaces", "sns/topic:Topic", { region: "eu-west-1" }, { region: "us-east-1" }, ["region"]],
    [
      "something to a value not known yet replaces if that property does",
      "ec2/subnet:Subnet",
      { vpcId: "vpc-1" },
      { vpcId: unknown },
      ["vpcId"],
    ],
  ])("%s", async (_, type, before, after, replaceKeys) => {
    const result = await diff(`aws:${type}`, before, after);
    expect(result.changedKeys).not.toEqual([]);
    expect(result.replaceKeys).toEqual(replaceKeys);
    for (const part of Object.values(result.detailedDiff))
      expect(part).toMatchObject({ known: "modelled", source: expect.stringContaining("terraform-provider-aws") });
  });

  test.each<[string, string, PropertyMap, PropertyMap]>([
    [
      "a policy's white space and order of keys",
      "iam/policy:Policy",
      { policy: '{"a":1,"b":[1,2]}' },
      { policy: '{ "b": [1, 2], "a": 1 }' },
    ],
    ["the order of subnets", "lb/loadBalancer:LoadBalancer", { subnets: ["a", "b"] }, { subnets: ["b", "a"] }],
    ["the star of a log group's ARN", "ec2/flowLog:FlowLog", { logDestination: "arn:g:*" }, { logDestination: "arn:g" }],
  ])("%s is no change", async (_, type, before, after) => {
    expect(await diff(`aws:${type}`, before, after)).toMatchObject({ changedKeys: [], detailedDiff: {} });
  });

  test("default tags updates every resource that has tags", async () => {
    const type = "aws:sns/topic:Topic";
    const request = { urn: "u", type, name: "t", newInputs: { name: "t" }, seed: "a" };
    const { inputs: before } = await aws.check({ ...request, oldInputs: undefined });
    const tagged = await awsProvider().configure({ ...CONFIGURATION, defaultTags: '{"tags":{"Team":"platform"}}' });
    const { inputs: after } = await tagged.check({ ...request, oldInputs: before });
    const change = { urn: "u", type, id: "t", oldInputs: before, oldOutputs: { arn: "arn:t", ...before }, newInputs: after };
    expect(await tagged.diff(change)).toMatchObject({
      changedKeys: ["tagsAll"],
      replaceKeys: [],
      detailedDiff: { "tagsAll.Team": { kind: "add" } },
    });
    expect(await tagged.update(change)).toMatchObject({ arn: "arn:t", tagsAll: { Team: "platform" } });
  });

  test("a resource's tags is told once, though the merged tags change too", async () => {
    const type = "aws:sns/topic:Topic";
    const checked = (tags: PropertyMap) =>
      aws.check({ urn: "u", type, name: "t", newInputs: { name: "t", tags }, oldInputs: undefined, seed: "a" });
    const [before, after] = [await checked({ a: "1" }), await checked({ a: "2" })];
    expect(after.inputs.tagsAll).toEqual({ a: "2" });
    const { changedKeys, detailedDiff } = await diff(type, before.inputs, after.inputs);
    expect(changedKeys).toEqual(["tags"]);
    expect(Object.keys(detailedDiff)).toEqual(["tags.a"]);
  });

  test("a resource whose provider is not configured before the update can still be previewed", async () => {
    const type = "aws:sns/topic:Topic";
    const oldInputs = { name: "t", tagsAll: { Team: "platform" } };
    const request = { urn: "u", type, name: "t", oldInputs, newInputs: { name: "t", displayName: "T" }, seed: "a" };
    const { inputs, failures } = await awsProvider().check(request);
    expect(failures).toEqual([]);
    const change = { urn: "u", type, id: "t", oldInputs, oldOutputs: {}, newInputs: inputs };
    expect((await awsProvider().diff(change)).changedKeys).toEqual(["displayName"]);
  });

  test("what a program named itself deletes the old one first, what it left unnamed does not", async () => {
    const inputs = { name: "catalog", port: 80 };
    expect(await diff("aws:lb/targetGroup:TargetGroup", inputs, { ...inputs, port: 81 })).toMatchObject({
      deleteBeforeReplace: true,
    });
    const unnamed = { name: "catalog-0a1b2c3", port: 80 };
    expect(await diff("aws:lb/targetGroup:TargetGroup", unnamed, { ...unnamed, port: 81 })).toMatchObject({
      deleteBeforeReplace: false,
    });
  });

  test("a parameter's value makes its next version, known only after the update", async () => {
    const type = "aws:ssm/parameter:Parameter";
    expect(await diff(type, { value: "a" }, { value: "b" })).toMatchObject({ recomputed: expect.arrayContaining(["version"]) });
    const outputs = await aws.update({
      urn: "u",
      type,
      id: "p",
      oldInputs: { value: "a" },
      oldOutputs: { version: 4 },
      newInputs: { value: "b" },
    });
    expect(outputs.version).toBe(5);
  });
});

describe("a type is described as", () => {
  test.each<[string, string, string[]]>([
    [
      "foundation",
      "others stand on it",
      [
        "ec2/subnet:Subnet",
        "ec2/vpc:Vpc",
        "ecs/cluster:Cluster",
        "eks/cluster:Cluster",
        "iam/openIdConnectProvider:OpenIdConnectProvider",
        "lb/loadBalancer:LoadBalancer",
      ],
    ],
    [
      "data",
      "it holds data",
      [
        "amp/workspace:Workspace",
        "dynamodb/table:Table",
        "ecr/repository:Repository",
        "kms/key:Key",
        "route53/zone:Zone",
        "s3/bucket:Bucket",
        "secretsmanager/secret:Secret",
      ],
    ],
  ])("guarded as %s: %s", (guarded, _, types) => {
    const found = [...awsTypes.keys()].filter((type) => aws.describe(type).guarded === guarded);
    expect(found.sort()).toEqual(types.map((type) => `aws:${type}`));
  });

  test("generic when it has no model, and then plans with what it is given; guarded all the same when it holds data", async () => {
    expect(aws.describe("aws:sqs/queuePolicy:QueuePolicy")).toEqual({ model: "generic" });
    const type = "aws:sqs/queue:Queue";
    expect(aws.describe(type)).toEqual({ model: "generic", guarded: "data" });
    expect(await diff(type, { fifoQueue: false }, { fifoQueue: true })).toMatchObject({
      changedKeys: ["fifoQueue"],
      replaceKeys: [],
      detailedDiff: { fifoQueue: { known: "assumed" } },
    });
    const made = await aws.create({ urn: "u", type, name: "orders", inputs: { fifoQueue: true }, token: "", seed: "a" });
    expect(made).toEqual({ id: expect.stringMatching(/^orders-[0-9a-f]{17}$/), outputs: { fifoQueue: true } });
  });

  test("holding secrets where the SDK says so", () => {
    expect(aws.describe("aws:ssm/parameter:Parameter").secretOutputs).toEqual(["value", "valueWo"]);
  });
});

test("two seeds never make one id of an unnamed resource, and one seed always does", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{8}$/), { minLength: 2, maxLength: 2 }), async ([a, b]) => {
      const vpc = (seed: string) =>
        aws.create({ urn: "u", type: "aws:ec2/vpc:Vpc", name: "v", inputs: { cidrBlock: "10.0.0.0/16" }, token: "t", seed });
      expect((await vpc(a!)).id).not.toBe((await vpc(b!)).id);
      expect(await vpc(a!)).toEqual(await vpc(a!));
    }),
    { numRuns: 50 },
  );
});

test("a rule never judges what is not known yet", async () => {
  const { failures } = await aws.check({
    urn: "u",
    type: "aws:ecs/taskDefinition:TaskDefinition",
    name: "t",
    oldInputs: undefined,
    newInputs: {
      family: unknown,
      cpu: unknown,
      memory: unknown,
      networkMode: unknown,
      requiresCompatibilities: ["FARGATE"],
      containerDefinitions: unknown,
      executionRoleArn: unknown,
    },
    seed: "a",
  });
  expect(failures).toEqual([]);
});

test("an unconfigured provider says what to set", async () => {
  const request = { urn: "u", type: "aws:sns/topic:Topic", name: "t", inputs: {}, token: "", seed: "a" };
  await expect(awsProvider().create(request)).rejects.toThrow(/not configured.*Set aws:region/);
});

/** The diff of a resource that was made of `before`. */
async function diff(type: string, before: PropertyMap, after: PropertyMap) {
  const { id, outputs } = await aws.create({ urn: "u", type, name: "a", inputs: before, token: "", seed: "a" });
  return aws.diff({ urn: "u", type, id, oldInputs: before, oldOutputs: outputs, newInputs: after });
}
