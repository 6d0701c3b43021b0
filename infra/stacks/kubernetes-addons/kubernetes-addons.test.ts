import { fileURLToPath } from "node:url";
import { rehearsedCloud } from "@fairway/cloud";
import { memoryState, type PropertyMap } from "@fairway/engine";
import { createTrials } from "@fairway/planner/testing";
import type { Platform } from "@fairway/settings";
import { afterAll, describe, expect, test } from "vitest";
import platform from "../../../platform.config.ts";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());

const CLUSTER = "arn:aws:eks:eu-west-1:222222222222:cluster/acme-dev";

const outputs: Record<string, PropertyMap> = {
  account: {
    dataKeyArn: "arn:aws:kms:eu-west-1:222222222222:key/0a1b2c3d-0000-4000-8000-000000000000",
    costTopicArn: "arn:aws:sns:eu-west-1:222222222222:costs",
  },
  network: {
    vpcId: "vpc-0a1b2c3d4e5f67890",
    cidr: "10.10.0.0/16",
    publicSubnetIds: [],
    privateSubnetIds: [],
    isolatedSubnetIds: [],
  },
  kubernetes: {
    clusterName: "acme-dev",
    clusterArn: CLUSTER,
    endpoint: "https://0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com",
    certificateAuthority: "Y2VydGlmaWNhdGU=",
    securityGroupId: "sg-0a1b2c3d4e5f67890",
  },
};

/** Brings up the add-ons of dev, with settings or configuration changed. */
function addons({
  change = {},
  config = {},
  state = memoryState(),
  given = outputs,
}: {
  change?: Partial<Platform["environments"][string]>;
  config?: Record<string, string>;
  state?: ReturnType<typeof memoryState>;
  given?: typeof outputs;
} = {}) {
  const dev = { ...platform.environments.dev!, ...change };
  return trials.run({
    program: {
      module: fileURLToPath(new URL("./index.ts", import.meta.url)),
      args: { ...platform, environments: { ...platform.environments, dev } },
    },
    project: "kubernetes-addons",
    outputs: given,
    config: { "aws:region": "eu-west-1", "kubernetes-addons:services": '["shopping/catalog"]', ...config },
    state,
  });
}

describe("the add-ons of a cluster", () => {
  test("are all modelled, and planned again change nothing", async () => {
    const { ok, errors, resources, state } = await addons();
    expect(errors).toEqual([]);
    expect(ok).toBe(true);
    expect(resources.filter(({ custom, known }) => custom && known === "assumed").map(({ type }) => type)).toEqual([]);
    const again = await addons({ state });
    expect(again.steps.filter(({ op }) => op !== "same" && op !== "read").map(({ name, op }) => `${op} ${name}`)).toEqual([]);
  });
});
