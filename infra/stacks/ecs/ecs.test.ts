import { fileURLToPath } from "node:url";
import { rehearsedCloud } from "@fairway/cloud";
import { createTrials } from "@fairway/planner/testing";
import { type Environment, environmentOf, type Platform } from "@fairway/settings";
import { afterAll, describe, expect, test } from "vitest";
import platform from "../../../platform.config.ts";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());

/** Brings up the cluster of dev. */
function ecs(changes: Partial<Environment> = {}, config: Record<string, string> = {}) {
  const dev: Environment = { ...environmentOf(platform, "dev"), ...changes };
  const settings: Platform = { ...platform, environments: { ...platform.environments, dev } };
  return trials.run({
    project: "ecs",
    program: { module: fileURLToPath(new URL("./index.ts", import.meta.url)), args: settings },
    config: { "aws:region": "eu-west-1", ...config },
  });
}

describe("the cluster of an environment", () => {
  test("offers Fargate and Spot, and starts nothing on Spot that does not ask for it", async () => {
    const { errors, outputs, ofType } = await ecs();
    expect(errors).toEqual([]);
    expect(outputs).toMatchObject({
      clusterName: "acme-dev",
      clusterArn: "arn:aws:ecs:eu-west-1:123456789012:cluster/acme-dev",
      namespaceArn: expect.stringMatching(/^arn:aws:servicediscovery:/),
    });
    expect(ofType("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders").map(({ inputs }) => inputs)).toMatchObject([
      {
        capacityProviders: ["FARGATE", "FARGATE_SPOT"],
        defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE" }],
      },
    ]);
  });

  test("encrypts shell sessions and records them where the record is encrypted too", async () => {
    const { ofType } = await ecs();
    const [key] = ofType("aws:kms/key:Key");
    const [cluster] = ofType("aws:ecs/cluster:Cluster");
    expect(key?.inputs.enableKeyRotation).toBe(true);
    expect(cluster?.inputs.configuration).toMatchObject({
      executeCommandConfiguration: {
        kmsKeyId: key?.outputs.arn,
        logging: "OVERRIDE",
        logConfiguration: { cloudWatchEncryptionEnabled: true, cloudWatchLogGroupName: "/acme-dev/sessions" },
      },
    });
    const record = ofType("aws:cloudwatch/logGroup:LogGroup").find(({ inputs }) => inputs.name === "/acme-dev/sessions");
    expect(record?.inputs.kmsKeyId).toBe(key?.outputs.arn);
  });

  test("keeps what Container Insights writes as long as settings say, and nothing where it is off", async () => {
    const groups = async (insights: string) => {
      const observability = { prometheus: false, logDays: 14 };
      const { ofType } = await ecs({ observability }, { "ecs:containerInsights": insights });
      return ofType("aws:cloudwatch/logGroup:LogGroup").flatMap(({ inputs }) =>
        String(inputs.name).includes("containerinsights") ? [[inputs.name, inputs.retentionInDays]] : [],
      );
    };
    expect(await groups("enhanced")).toEqual([["/aws/ecs/containerinsights/acme-dev/performance", 14]]);
    expect(await groups("disabled")).toEqual([]);
  });

  test("is protected with what services stand on, where the environment asks for it", async () => {
    for (const protect of [true, false]) {
      const { resources } = await ecs({ protect });
      const foundations = resources.filter(({ type }) => /:(Cluster|HttpNamespace|Key)$/.test(type) && type.startsWith("aws:"));
      expect(foundations.map((resource) => resource.protect)).toEqual([protect, protect, protect]);
    }
  });

  test("is refused where the environment runs no ECS: the message says which setting", async () => {
    const { ok, errors } = await ecs({ runtimes: ["kubernetes"] });
    expect(ok).toBe(false);
    expect(errors.join()).toMatch(
      /environment dev does not run ECS: its `runtimes` are kubernetes\. Add "ecs" in platform\.config\.ts/,
    );
  });
});
