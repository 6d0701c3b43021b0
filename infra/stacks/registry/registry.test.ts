import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rehearsedCloud } from "@fairway/cloud";
import { createTrials } from "@fairway/planner/testing";
import { ciRole, environmentOf, repositoryUrl } from "@fairway/settings";
import { afterAll, describe, expect, test } from "vitest";
import platform from "../../../platform.config.ts";
import { recordAccess } from "./access.ts";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());

const here = fileURLToPath(new URL(".", import.meta.url));

function registry(config: Record<string, string> = {}, stack = "shared") {
  const place = { "aws:region": "eu-west-1", "aws:allowedAccountIds": '["111111111111"]' };
  return trials.run({
    project: "registry",
    stack,
    program: { module: `${here}index.ts`, args: platform },
    config: { ...place, "registry:services": '["catalog","orders"]', ...config },
  });
}

describe("the registry", () => {
  test("has a repository for each service, at the address that settings give", async () => {
    const { errors, outputs, ofType } = await registry();
    expect(errors).toEqual([]);
    expect(outputs.repositories).toEqual({
      catalog: repositoryUrl(platform, "catalog"),
      orders: repositoryUrl(platform, "orders"),
    });
    for (const { inputs, protect } of ofType("aws:ecr/repository:Repository")) {
      expect(inputs).toMatchObject({ imageTagMutability: "IMMUTABLE", imageScanningConfiguration: { scanOnPush: true } });
      expect({ protect, forceDelete: inputs.forceDelete }).toEqual({ protect: true, forceDelete: false });
    }
  });

  test("deletes images without a tag only: no rule takes one that a rollback may need", async () => {
    const { ofType } = await registry();
    const rules = ofType("aws:ecr/lifecyclePolicy:LifecyclePolicy").flatMap(
      ({ inputs }) => JSON.parse(String(inputs.policy)).rules as { selection: { tagStatus: string } }[],
    );
    expect(rules.map(({ selection }) => selection.tagStatus)).toEqual(["untagged", "untagged"]);
  });

  test("keeps records that can be restored and not be deleted, where settings say", async () => {
    const { outputs, ofType } = await registry();
    const [table, ...more] = ofType("aws:dynamodb/table:Table");
    expect(more).toEqual([]);
    expect(table?.protect).toBe(true);
    expect(table?.inputs).toMatchObject({
      name: "acme-deployments",
      billingMode: "PAY_PER_REQUEST",
      hashKey: "pk",
      rangeKey: "sk",
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
    });
    expect(outputs.recordTableArn).toBe("arn:aws:dynamodb:eu-west-1:111111111111:table/acme-deployments");
  });

  test("can be taken down only after its protection is taken off", async () => {
    const { ofType } = await registry({ "registry:protect": "false" });
    expect(ofType("aws:dynamodb/table:Table").map(({ protect, inputs }) => [protect, inputs.deletionProtectionEnabled])).toEqual([
      [false, false],
    ]);
    expect(ofType("aws:ecr/repository:Repository").map(({ protect }) => protect)).toEqual([false, false]);
  });

  test("is one for all environments: a stack of another name is refused", async () => {
    const { ok, errors } = await registry({}, "dev");
    expect(ok).toBe(false);
    expect(errors.join()).toMatch(/registry has one stack, "shared".*"dev" is none/);
  });

  test("in an account that its file does not allow is refused before anything is made", async () => {
    const { ok, errors, resources } = await registry({ "aws:allowedAccountIds": '["222222222222"]' });
    expect(ok).toBe(false);
    expect(errors.join()).toMatch(/Pulumi\.shared\.yaml allows account 222222222222 .*111111111111/);
    expect(resources).toEqual([]);
  });

  test("refuses a service that is named twice", async () => {
    const { errors } = await registry({ "registry:services": '["catalog","catalog"]' });
    expect(errors.join()).toMatch(/registry:services names "catalog" twice/);
  });
});

describe("who writes the records of an environment", () => {
  const dev = environmentOf(platform, "dev");
  const [first] = recordAccess(platform).writers;

  test("is its own roles that deploy, and no role that previews or publishes", () => {
    expect(first?.environment).toBe("dev");
    expect(first?.roles).toEqual([ciRole(platform, dev, "deploy-platform").arn, ciRole(platform, dev, "deploy-shopping").arn]);
  });

  test("is nobody whose role is in another environment's list", () => {
    const roles = recordAccess(platform).writers.flatMap((writer) => writer.roles);
    expect(new Set(roles).size).toBe(roles.length);
  });
});

test("every service has a repository: `services` in Pulumi.yaml names each folder under services/", () => {
  const project = readFileSync(new URL("Pulumi.yaml", import.meta.url), "utf8");
  const [, list = ""] = /\n {2}services:\n(?: {4}.*\n)*? {4}default:\n((?: {6}- .+\n)+)/.exec(project) ?? [];
  const named = [...list.matchAll(/- (.+)/g)].map((found) => String(found[1]));
  const folders = readdirSync(new URL("../../../services", import.meta.url), { withFileTypes: true });
  expect(named.sort()).toEqual(folders.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort());
});
