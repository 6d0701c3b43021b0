import { type PropertyMap } from "@fairway/engine";
import { describe, expect, test } from "vitest";
import { awsProvider } from "../provider.ts";

const aws = await awsProvider().configure({ region: "eu-west-1", allowedAccountIds: '["111122223333"]' });

async function call(name: string, args: PropertyMap = {}) {
  return aws.invoke({ token: `aws:${name}`, args });
}

describe("aws functions", () => {
  test("tell who and where the provider is", async () => {
    expect((await call("index/getCallerIdentity:getCallerIdentity")).result.accountId).toBe("111122223333");
    expect((await call("index/getRegion:getRegion")).result.region).toBe("eu-west-1");
    expect((await call("index/getRegion:getRegion", { region: "us-east-1" })).result.region).toBe("us-east-1");
    expect((await call("index/getPartition:getPartition")).result).toMatchObject({
      partition: "aws",
      reverseDnsPrefix: "com.amazonaws",
    });
  });

  test.each([
    ["eu-west-1", ["euw1-az1", "euw1-az2", "euw1-az3"]],
    ["ap-southeast-2", ["apse2-az1", "apse2-az2", "apse2-az3"]],
    ["us-west-1", ["usw1-az1", "usw1-az2"]],
    ["eu-central-1", ["euc1-az1", "euc1-az2", "euc1-az3"]],
  ])("name the zones of %s", async (region, zoneIds) => {
    const { result } = await call("index/getAvailabilityZones:getAvailabilityZones", { region });
    expect(result.zoneIds).toEqual(zoneIds);
    expect(result.names).toHaveLength(zoneIds.length);
  });

  test("know the account of load balancers by region, and say what to do where there is none", async () => {
    const known = await call("elb/getServiceAccount:getServiceAccount");
    expect(known.result.arn).toBe("arn:aws:iam::156460612806:root");
    const { failures } = await call("elb/getServiceAccount:getServiceAccount", { region: "ap-southeast-5" });
    expect(failures).toEqual([
      { property: "region", reason: expect.stringContaining("logdelivery.elasticloadbalancing.amazonaws.com") },
    ]);
  });

  test("find AWS's own prefix lists by name, and refuse others", async () => {
    const name = "com.amazonaws.global.cloudfront.origin-facing";
    const { result } = await call("ec2/getManagedPrefixList:getManagedPrefixList", { name });
    expect(result.id).toMatch(/^pl-[0-9a-f]{8}$/);
    const byFilter = await call("ec2/getPrefixList:getPrefixList", { filters: [{ name: "prefix-list-name", values: [name] }] });
    expect(byFilter.result.id).toBe(result.id);
    const { failures } = await call("ec2/getManagedPrefixList:getManagedPrefixList", { name: "office" });
    expect(failures).toEqual([{ property: "name", reason: expect.stringContaining("only those are rehearsed") }]);
  });

  test("write a policy document as the provider does", async () => {
    const { result } = await call("iam/getPolicyDocument:getPolicyDocument", {
      statements: [
        {
          sid: "Read",
          actions: ["s3:GetObject", "s3:ListBucket"],
          resources: ["*"],
          principals: [{ type: "AWS", identifiers: ["arn:aws:iam::1:root"] }],
          conditions: [{ test: "StringEquals", variable: "aws:PrincipalOrgID", values: ["o-1"] }],
        },
        { effect: "Deny", actions: ["s3:*"], resources: ["*"], principals: [{ type: "*", identifiers: ["*"] }] },
      ],
    });
    expect(JSON.parse(result.json as string)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Read",
          Effect: "Allow",
          Action: ["s3:ListBucket", "s3:GetObject"],
          Resource: "*",
          Principal: { AWS: "arn:aws:iam::1:root" },
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
        },
        { Effect: "Deny", Action: "s3:*", Resource: "*", Principal: "*" },
      ],
    });
  });

  test("let a later document's statement take the place of one with its Sid", async () => {
    const base = JSON.stringify({ Statement: [{ Sid: "A", Effect: "Allow", Action: "a", Resource: "*" }] });
    const override = JSON.stringify({ Statement: [{ Sid: "A", Effect: "Deny", Action: "a", Resource: "*" }] });
    const { result } = await call("iam/getPolicyDocument:getPolicyDocument", {
      sourcePolicyDocuments: [base],
      overridePolicyDocuments: [override],
    });
    expect(JSON.parse(result.json as string).Statement).toEqual([{ Sid: "A", Effect: "Deny", Action: "a", Resource: "*" }]);
  });

  test("that look into an account are refused, naming those that are rehearsed", async () => {
    const { failures } = await call("ec2/getVpc:getVpc", { id: "vpc-1" });
    expect(failures).toEqual([
      { property: "", reason: expect.stringMatching(/getVpc is not rehearsed. Pass its answer as configuration.*getRegion/) },
    ]);
  });
});
