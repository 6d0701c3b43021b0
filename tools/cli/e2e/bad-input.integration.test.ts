import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { BESIDE_SERVICES, copyCheckout, type Checkout } from "./checkout.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

let checkout: Checkout;
beforeAll(async () => {
  checkout = await copyCheckout({ without: BESIDE_SERVICES });
});
afterAll(() => checkout.remove());

const PROGRAM = "infra/stacks/ecs/index.ts";

/** Plans dev with another program in place of the cluster's; the file is put back. */
async function planWith(program: string) {
  const path = join(checkout.folder, PROGRAM);
  const before = readFileSync(path, "utf8");
  writeFileSync(
    path,
    `import * as aws from "@pulumi/aws";\nimport * as pulumi from "@pulumi/pulumi";\nvoid aws, pulumi;\n${program}\n`,
  );
  try {
    return await checkout.fairway("plan", "--env", "dev");
  } finally {
    writeFileSync(path, before);
  }
}

describe("settings that can't be used", () => {
  test("are reported all at once, and nothing runs", async () => {
    checkout.edit("platform.config.ts", 'cidr: "10.20.0.0/16"', 'cidr: "10.10.0.0/18"');
    checkout.edit("platform.config.ts", 'account: "222222222222"', 'account: "2222"');
    const plan = await checkout.fairway("plan");
    expect(plan).toMatchObject({ code: 1, stdout: "" });
    expect(plan.stderr).toMatch(
      /2 settings can't be used[^]*environments\.dev\.account +"2222"[^]*environments\.staging\.cidr[^]*overlaps environments\.dev\.cidr/,
    );
    checkout.git("checkout", "--", "platform.config.ts");
  });

  test("an environment that does not exist is a wrong use, exit 2", async () => {
    expect(await checkout.fairway("plan", "--env", "prod")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("dev, staging, production"),
    });
  });

  test("an unknown option is a wrong use, exit 2", async () => {
    expect(await checkout.fairway("plan", "--basis", "main")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--basis"),
    });
  });
});

describe("a program", () => {
  test.each([
    ["throws", 'export default function () { throw new Error("planted"); }', /ecs[^]*planted/],
    [
      "throws inside apply",
      'export default function () { pulumi.output(1).apply(() => { throw new Error("planted"); }); }',
      /ecs[^]*planted/,
    ],
    [
      "makes two resources of one name",
      'export default function () { for (const days of [7, 30]) new aws.cloudwatch.LogGroup("twice", { retentionInDays: days }); }',
      /[Dd]uplicate[^]*twice/,
    ],
    ["leaks a promise that fails", 'export default function () { void Promise.reject(new Error("planted")); }', /ecs[^]*planted/],
    [
      "refers to another environment",
      'export default function () { return { x: new pulumi.StackReference("organization/network/production").getOutput("vpcId") }; }',
      /ecs\/dev refers to network\/production: each environment has a state backend of its own/,
    ],
    [
      "reads an output that is not there",
      'export default function () { return { x: new pulumi.StackReference("organization/network/dev").requireOutput("vpcIdd") }; }',
      /vpcIdd/,
    ],
    [
      "reads a stack that is not there",
      'export default function () { return { x: new pulumi.StackReference("organization/netwrok/dev").getOutput("x") }; }',
      /netwrok/,
    ],
  ])("that %s fails the plan with one message that names it", async (_, program, expected) => {
    const plan = await planWith(program);
    expect(plan.code).toBe(1);
    expect(plan.stdout).toMatch(expected);
    expect(plan.stdout).toMatch(/failed: .*ecs\/dev.*Nothing was changed\./);
  });

  test("that never finishes is ended, with what it waits for", async () => {
    const plan = await planWith("export default async function () { await new Promise(() => setInterval(() => {}, 1000)); }");
    expect(plan).toMatchObject({ code: 1, stdout: expect.stringMatching(/ecs[^]*(never|not finish|waits|pending)/) });
  });
});

describe("a rehearsal", () => {
  test("finds its port taken, and names the holder and the option", async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    const { port } = holder.address() as { port: number };
    try {
      const start = await checkout.fairway("rehearse", "dev", "--port", `dev=${port}`);
      expect(start).toMatchObject({ code: 1, stderr: expect.stringMatching(new RegExp(`${port}[^]*--port`)) });
    } finally {
      holder.close();
    }
  });

  test("finds a corrupt state: keeps it aside, overwrites nothing, and says where it is", async () => {
    const folder = join(checkout.folder, ".fairway/state/network/dev");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "state.json"), '{"version":1,"resources":[');
    const start = await checkout.fairway("rehearse", "dev", "--port", `dev=${checkout.ports.staging}`);
    expect(start).toMatchObject({ code: 1, stderr: expect.stringMatching(/state\.json[^]*corrupt/i) });
    expect(readFileSync(join(folder, "state.json"), "utf8")).toBe('{"version":1,"resources":[');
  });
});
