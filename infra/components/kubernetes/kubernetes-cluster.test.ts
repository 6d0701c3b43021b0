import { fileURLToPath } from "node:url";
import { rehearsedCloud } from "@fairway/cloud";
import { createTrials } from "@fairway/planner/testing";
import { afterAll, describe, expect, test } from "vitest";
import { publicAccess, type KubernetesClusterArgs } from "./kubernetes-cluster.ts";
import { refuseSharedPrincipals } from "./access.ts";
import { volumeKeyStatements } from "./roles.ts";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());

const ROLE = "arn:aws:iam::222222222222:role/acme/ci/acme-dev-deploy-shopping";

function cluster(args: Partial<KubernetesClusterArgs>) {
  const module = fileURLToPath(new URL("../fixtures/kubernetes-cluster.ts", import.meta.url));
  return trials.run({ program: { module, args } });
}

describe("the public half of the endpoint", () => {
  test("is every address for no clients, the clients' ranges in a stable order for some, and nothing when private", () => {
    expect(publicAccess({ clients: [] })).toEqual({ endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/0"] });
    expect(publicAccess({ clients: ["203.0.113.0/24", "198.51.100.7/32"] })).toEqual(
      publicAccess({ clients: ["198.51.100.7/32", "203.0.113.0/24"] }),
    );
    expect(publicAccess("private")).toEqual({ endpointPublicAccess: false });
  });
});

describe("the cluster's use of the data key", () => {
  const key = "arn:aws:kms:eu-west-1:222222222222:key/1b2c3d4e-0000-4000-8000-0123456789ab";
  const statements = volumeKeyStatements(key, { account: "222222222222", region: "eu-west-1" });

  test("is for volumes: through EC2, and grants only for services of AWS", () => {
    expect(statements.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { "kms:ViaService": "ec2.eu-west-1.amazonaws.com" } },
      { Bool: { "kms:GrantIsForAWSResource": "true" } },
    ]);
    expect(statements.flatMap(({ Action }) => Action)).not.toContain("kms:*");
  });
});

describe("a Kubernetes cluster", () => {
  test("takes one entry for a role, and names both when there are two", () => {
    const one = { name: "shopping", principalArn: ROLE, groups: ["team-shopping"] };
    const other = { name: "admins", principalArn: ROLE };
    expect(() => refuseSharedPrincipals("kubernetes", [one, other])).toThrow(
      /"kubernetes": `access` names .*deploy-shopping twice, as shopping and admins.*Put groups and policies of both into one/,
    );
    expect(() => refuseSharedPrincipals("kubernetes", [one, { ...other, principalArn: `${ROLE}2` }])).not.toThrow();
  });

  test("gives nobody access of itself", async () => {
    const { errors, ofType } = await cluster({ access: [] });
    expect(errors).toEqual([]);
    expect(ofType("aws:eks/accessEntry:AccessEntry")).toEqual([]);
  });

  test("logs what is asked for, and for as long", async () => {
    const { ofType } = await cluster({ logTypes: ["audit"], logDays: 7 });
    expect(ofType("aws:eks/cluster:Cluster").map(({ inputs }) => inputs.enabledClusterLogTypes)).toEqual([["audit"]]);
    expect(ofType("aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => inputs.retentionInDays)).toEqual([7]);
  });
});
