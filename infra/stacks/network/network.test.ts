import { fileURLToPath } from "node:url";
import { rehearsedCloud } from "@fairway/cloud";
import { memoryState, run } from "@fairway/engine";
import { type Platform, provided } from "@fairway/settings";
import { expect, test } from "vitest";
import platform from "../../../platform.config.ts";

test("a network that exists is passed on as settings give it, and nothing is created", async () => {
  const given = {
    vpcId: "vpc-0a1b2c3d4e5f67890",
    cidr: "10.99.0.0/16",
    publicSubnetIds: ["subnet-0a1b2c3d4e5f67890", "subnet-0a1b2c3d4e5f67891"],
    privateSubnetIds: ["subnet-0a1b2c3d4e5f67892", "subnet-0a1b2c3d4e5f67893"],
    isolatedSubnetIds: ["subnet-0a1b2c3d4e5f67894", "subnet-0a1b2c3d4e5f67895"],
  };
  const dev = { ...platform.environments.dev, network: provided(given) } as Platform["environments"][string];
  const settings: Platform = { ...platform, environments: { ...platform.environments, dev } };

  const { ok, outputs, steps } = await run({
    project: "network",
    stack: "dev",
    organization: "organization",
    program: { module: fileURLToPath(new URL("./index.ts", import.meta.url)), args: settings },
    config: { "aws:region": "eu-west-1" },
    secretKeys: [],
    mode: "update",
    state: memoryState(),
    providers: rehearsedCloud(),
    references: async () => undefined,
  });

  expect(ok).toBe(true);
  expect(outputs).toEqual(given);
  expect(steps.map(({ type }) => type)).toEqual(["pulumi:pulumi:Stack"]);
});
