import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { copyCheckout, type Checkout } from "./checkout.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

interface StepJson {
  op: string;
  name: string;
  type: string;
  replaceKeys: string[];
  detailedDiff: Record<string, unknown>;
  guarded?: string;
}

let checkout: Checkout;
let code: number | null;
/** Changed resources of dev and of what is shared, by project. */
let changed: (project: string) => StepJson[];

beforeAll(async () => {
  checkout = await copyCheckout();
  // One plan shows what each of these edits is: none touches what another one does.
  checkout.edit("platform.config.ts", 'costCentre: "shop"', 'costCentre: "retail"');
  checkout.edit("platform.config.ts", 'cidr: "10.10.0.0/16"', 'cidr: "10.11.0.0/16"');
  checkout.edit("infra/stacks/ecs/index.ts", "clusterName: `${settings.name}-", "clusterName: `${settings.name}-new-");
  checkout.edit("infra/components/registry/record-table.ts", /"pk"/g, '"key"');
  checkout.edit("services/catalog/src/main.ts", /^/, "// another version\n");
  checkout.edit(
    "infra/stacks/edge/index.ts",
    /new AliasNames\("edge-public-names", (\{[^}]*\})\)/,
    'new AliasNames("edge-front-names", $1, { aliases: [{ name: "edge-public-names" }] })',
  );
  const plan = await checkout.fairway("plan", "--base", "HEAD", "--env", "dev", "--env", "shared", "--json");
  code = plan.code;
  const { environments } = JSON.parse(plan.stdout) as { environments: Record<string, Record<string, { steps: StepJson[] }>> };
  const stacks = new Map([...Object.entries(environments.dev ?? {}), ...Object.entries(environments.shared ?? {})]);
  changed = (project) => stacks.get(project)!.steps.filter(({ op }) => op !== "same" && op !== "read");
});
afterAll(() => checkout.remove());

const one = (project: string, type: string) => changed(project).filter((step) => step.type === type);

describe("a plan says of", () => {
  test("a tag: an update", () => {
    expect(one("catalog", "aws:cloudwatch/logGroup:LogGroup")).toMatchObject([{ op: "update", replaceKeys: [] }]);
  });

  test("a subnet's range: a replacement, guarded as a foundation", () => {
    const subnets = one("network", "aws:ec2/subnet:Subnet");
    expect(subnets.length).toBeGreaterThan(0);
    for (const subnet of subnets) {
      expect(subnet).toMatchObject({ op: "replace", guarded: "foundation" });
      expect(subnet.replaceKeys).toContain("cidrBlock");
    }
  });

  test("a cluster's name: a replacement, guarded", () => {
    expect(one("ecs", "aws:ecs/cluster:Cluster")).toMatchObject([
      { op: "replace", replaceKeys: ["name"], guarded: expect.any(String) },
    ]);
  });

  test("a table's key: a replacement, guarded", () => {
    const [table] = one("registry", "aws:dynamodb/table:Table");
    expect(table).toMatchObject({ op: "replace", guarded: expect.any(String) });
    expect(table!.replaceKeys).toContain("hashKey");
  });

  test("a task definition: a replacement that is routine", () => {
    const [definition, ...others] = one("catalog", "aws:ecs/taskDefinition:TaskDefinition");
    expect(others).toEqual([]);
    expect(definition).toMatchObject({ op: "replace" });
    expect(definition!.guarded).toBeUndefined();
  });

  test("a component renamed with an alias: nothing, for it and its children", () => {
    expect(changed("edge").filter(({ name }) => name.includes("-names"))).toEqual([]);
  });

  test("all of it: refused", () => {
    expect(code).toBe(3);
  });
});

test("an output that another stack reads and that is gone is an error that names both", async () => {
  checkout.git("checkout", "--", ".");
  checkout.edit("infra/stacks/ecs/index.ts", /return outputs\.produce\(\{[^}]*\}\);/, "return { clusterArn: cluster.arn };");
  const plan = await checkout.fairway("plan", "--env", "dev");
  expect(plan.code).toBe(1);
  expect(plan.stdout).toMatch(
    /catalog\/dev reads output "clusterName" of stack organization\/ecs\/dev, but it has no such output/,
  );
});
