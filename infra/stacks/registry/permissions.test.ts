import { fileURLToPath } from "node:url";
import { rehearsedCloud } from "@fairway/cloud";
import { evaluate, type NamedPolicy, parsePolicy } from "@fairway/iam";
import { createTrials } from "@fairway/planner/testing";
import { type CiRole, ciRole, environmentOf, type Platform, roleDefaults, scopeOf } from "@fairway/settings";
import { afterAll, describe, expect, test } from "vitest";
import platform from "../../../platform.config.ts";

const trials = createTrials(rehearsedCloud());
afterAll(() => trials.close());

/** A platform whose dev is in the registry's own account, where a role's own policy alone could let it do anything. */
const oneAccount: Platform = {
  ...platform,
  environments: { ...platform.environments, dev: { ...environmentOf(platform, "dev"), account: platform.registry.account } },
};

/** The most careless policy that a role could have: what is refused then, the resource itself refuses. */
const everything: NamedPolicy = {
  name: "everything",
  document: { Version: "2012-10-17", Statement: { Sid: "All", Effect: "Allow", Action: "*", Resource: "*" } },
};

/** The policies of the planned registry, by the type of the resource that carries them. */
async function planned(settings: Platform) {
  const { errors, ofType } = await trials.run({
    project: "registry",
    stack: "shared",
    program: { module: fileURLToPath(new URL("./index.ts", import.meta.url)), args: settings },
    config: { "aws:region": "eu-west-1", "registry:services": '["catalog"]' },
  });
  expect(errors).toEqual([]);
  const policyOf = (type: string): NamedPolicy => {
    const [resource] = ofType(type);
    return { name: type, document: parsePolicy(String(resource?.inputs.policy), type) };
  };
  return {
    records: policyOf("aws:dynamodb/resourcePolicy:ResourcePolicy"),
    images: policyOf("aws:ecr/repositoryPolicy:RepositoryPolicy"),
  };
}

const RECORDS = "arn:aws:dynamodb:eu-west-1:111111111111:table/acme-deployments";
const IMAGES = "arn:aws:ecr:eu-west-1:111111111111:repository/acme/catalog";

describe.each([
  ["accounts of their own", platform],
  ["one account with the registry", oneAccount],
])("deployment records, with environments in %s", (_, settings) => {
  const records = planned(settings).then((policies) => policies.records);
  const arnOf = (scope: string, role: CiRole) => ciRole(settings, scopeOf(settings, scope), role).arn;

  /** Whether a role may do something to the records with these partition keys, as far as the table's policy goes. */
  async function may(arn: string, action: string, ...keys: string[]) {
    const context: Record<string, string[]> = keys.length > 0 ? { "dynamodb:LeadingKeys": keys } : {};
    const principal = { kind: "role", arn } as const;
    return evaluate({ principal, action, resource: RECORDS, context }, { identity: [everything], resource: await records })
      .allowed;
  }

  test("are written by the deploy roles of their own environment, and by no other environment's", async () => {
    for (const role of ["deploy-platform", "deploy-shopping"] as const) {
      expect(await may(arnOf("dev", role), "dynamodb:PutItem", "dev#catalog")).toBe(true);
      expect(await may(arnOf("dev", role), "dynamodb:PutItem", "production#catalog")).toBe(false);
      expect(await may(arnOf("production", role), "dynamodb:PutItem", "production#catalog")).toBe(true);
      expect(await may(arnOf("production", role), "dynamodb:PutItem", "dev#catalog")).toBe(false);
    }
  });

  test("are not forged in one request with one's own", async () => {
    expect(await may(arnOf("dev", "deploy-shopping"), "dynamodb:PutItem", "dev#a", "dev#b")).toBe(true);
    expect(await may(arnOf("dev", "deploy-shopping"), "dynamodb:PutItem", "dev#a", "production#b")).toBe(false);
  });

  test("are read by CI of every environment, and written neither by preview nor by who publishes", async () => {
    for (const arn of [arnOf("dev", "preview"), arnOf("production", "preview"), arnOf("shared", "publish")]) {
      expect(await may(arn, "dynamodb:Query", "production#catalog")).toBe(true);
      expect(await may(arn, "dynamodb:PutItem", "dev#catalog")).toBe(false);
      expect(await may(arn, "dynamodb:UpdateItem", "production#catalog")).toBe(false);
    }
  });

  test("are deleted by nobody, not even by who writes them", async () => {
    for (const action of ["dynamodb:DeleteItem", "dynamodb:BatchWriteItem", "dynamodb:PartiQLDelete"]) {
      expect(await may(arnOf("dev", "deploy-platform"), action, "dev#catalog")).toBe(false);
    }
    expect(await may(arnOf("dev", "deploy-platform"), "dynamodb:UpdateItem", "dev#catalog")).toBe(true);
  });
});

test("a deployer writes nothing by a request that names no key, nor keys that only begin as its environment's name", async () => {
  const { records } = await planned(platform);
  const { arn } = ciRole(platform, environmentOf(platform, "dev"), "deploy-shopping");
  const writes = (context: Record<string, string[]>) =>
    evaluate(
      { principal: { kind: "role", arn }, action: "dynamodb:PutItem", resource: RECORDS, context },
      { identity: [everything], resource: records },
    ).allowed;
  expect(writes({ "dynamodb:LeadingKeys": ["dev#catalog"] })).toBe(true);
  expect(writes({})).toBe(false);
  expect(writes({ "dynamodb:LeadingKeys": ["development#catalog"] })).toBe(false);
});

describe.each([
  ["accounts of their own", platform],
  ["one account with the registry", oneAccount],
])("images, with environments in %s", (_, settings) => {
  const images = planned(settings).then((policies) => policies.images);
  const dev = environmentOf(settings, "dev");
  const task = `arn:aws:iam::${dev.account}:role${roleDefaults(settings, dev, "shopping").path}catalog-execution`;
  const publish = ciRole(settings, scopeOf(settings, "shared"), "publish").arn;

  async function may(arn: string, action: string) {
    const principal = { kind: "role", arn } as const;
    return evaluate({ principal, action, resource: IMAGES }, { identity: [everything], resource: await images }).allowed;
  }

  test("are pulled by the workloads of every environment, and pushed by the one role that publishes", async () => {
    expect(await may(task, "ecr:BatchGetImage")).toBe(true);
    expect(await may(task, "ecr:PutImage")).toBe(false);
    expect(await may(publish, "ecr:PutImage")).toBe(true);
    expect(await may(ciRole(settings, dev, "deploy-platform").arn, "ecr:PutImage")).toBe(false);
  });

  test("are not pulled by a role that is not the platform's, of another account or elsewhere", async () => {
    const { account } = environmentOf(settings, "production");
    expect(await may(`arn:aws:iam::${account}:role/someone/else`, "ecr:BatchGetImage")).toBe(false);
    expect(await may("arn:aws:iam::999999999999:role/acme/production/shopping/catalog-execution", "ecr:BatchGetImage")).toBe(
      false,
    );
    expect(await may(`arn:aws:iam::${account}:role/acme/production/shopping/catalog-execution`, "ecr:BatchGetImage")).toBe(true);
  });
});
