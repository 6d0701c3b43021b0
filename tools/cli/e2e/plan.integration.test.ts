import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { copyCheckout, type Checkout } from "./checkout.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

let checkout: Checkout;
beforeAll(async () => {
  checkout = await copyCheckout();
});
afterAll(() => checkout.remove());

interface PlanJson {
  environments: Record<
    string,
    Record<
      string,
      {
        ok: boolean;
        steps: { op: string; name: string; type: string; replaceKeys: string[]; guarded?: string }[];
        findings: unknown[];
      }
    >
  >;
}

/** Changed resources of an environment, as `operation project name`. */
function changes({ environments }: PlanJson, environment: string): string[] {
  return Object.entries(environments[environment] ?? {}).flatMap(([project, { steps }]) =>
    steps.filter(({ op }) => op !== "same" && op !== "read").map(({ op, name }) => `${op} ${project} ${name}`),
  );
}

describe("a plan", () => {
  test("is the same bytes from another path and under other environment variables, with no finding", async () => {
    const other = await copyCheckout();
    try {
      const here = await checkout.fairway("plan", "--json");
      const there = await other.start(["plan", "--json"], {
        env: { AWS_REGION: "us-west-2", KUBECONFIG: "/nowhere", PULUMI_CONFIG: "{}", TZ: "Asia/Tokyo", LANG: "C" },
      }).ended;
      expect(here).toMatchObject({ code: 0, signal: null });
      expect(there.stdout).toBe(here.stdout);
      const plan = JSON.parse(here.stdout) as PlanJson;
      expect(Object.keys(plan.environments)).toEqual(["dev", "staging", "production", "shared"]);
      expect(
        Object.values(plan.environments).flatMap((stacks) => Object.values(stacks).flatMap(({ findings }) => findings)),
      ).toEqual([]);
    } finally {
      await other.remove();
    }
  });

  test("against the commit itself shows no change", async () => {
    const { code, stdout } = await checkout.fairway("plan", "--base", "HEAD", "--json");
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(stdout).environments).flatMap((name) => changes(JSON.parse(stdout), name))).toEqual([]);
  });
});

describe("a guarded change", () => {
  test("is refused with exit 3, names what to allow, and passes once allowed", async () => {
    checkout.edit("platform.config.ts", 'cidr: "10.10.0.0/16"', 'cidr: "10.11.0.0/16"');
    const refused = await checkout.fairway("plan", "--base", "HEAD", "--env", "dev");
    expect(refused.code).toBe(3);
    expect(refused.stdout).toMatch(
      /! ± network {2}aws:ec2\/vpc:Vpc {2}network\n +replace because cidrBlock 10\.10\.0\.0\/16 → 10\.11\.0\.0\/16 {2}\[modelled\]/,
    );
    expect(refused.stdout).toMatch(/guarded \(foundation\): refused\. To go on: --allow network::network\n/);

    const names = [...refused.stdout.matchAll(/--allow (\S+)/g)].map(([, name]) => name!);
    const allowed = await checkout.fairway(
      "plan",
      "--base",
      "HEAD",
      "--env",
      "dev",
      ...names.flatMap((name) => ["--allow", name]),
    );
    expect(allowed.code).toBe(0);
    checkout.git("checkout", "--", "platform.config.ts");
  });
});

describe("a base", () => {
  test("that does not exist is an error that names it", async () => {
    expect(await checkout.fairway("plan", "--base", "no-such-branch")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no base "no-such-branch"'),
    });
  });

  test("whose programs fail is an error that names it, never a plan that creates everything", async () => {
    checkout.edit("infra/stacks/ecs/index.ts", /^/, 'throw new Error("planted");\n');
    checkout.git("commit", "--quiet", "--all", "--message=broken");
    checkout.edit("infra/stacks/ecs/index.ts", 'throw new Error("planted");\n', "");
    const plan = await checkout.fairway("plan", "--base", "HEAD", "--env", "dev");
    expect(plan).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/base HEAD \([0-9a-f]{7}\) can't be planned[^]*ecs\/dev: .*planted/),
    });
    checkout.git("commit", "--quiet", "--all", "--message=mended");
  });
});

describe("a stack that is new to the base", () => {
  const folder = () => join(checkout.folder, "infra/stacks/extra");

  test("is all creation, and the rest unchanged", async () => {
    mkdirSync(folder(), { recursive: true });
    writeFileSync(
      join(folder(), "Pulumi.yaml"),
      "name: extra\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nmain: index.ts\n",
    );
    writeFileSync(join(folder(), "package.json"), '{ "name": "@fairway/extra", "type": "module", "main": "index.ts" }\n');
    writeFileSync(
      join(folder(), "index.ts"),
      'import * as aws from "@pulumi/aws";\nexport default function () {\n  new aws.cloudwatch.LogGroup("extra", { retentionInDays: 7 });\n}\n',
    );
    expect((await checkout.fairway("config")).code).toBe(0);
    const { code, stdout } = await checkout.fairway("plan", "--base", "HEAD", "--env", "dev", "--json");
    expect(code).toBe(0);
    expect(changes(JSON.parse(stdout), "dev").filter((change) => !change.includes("default_"))).toEqual([
      "create extra extra",
      "create extra extra-dev",
    ]);
    rmSync(folder(), { recursive: true });
  });
});
