import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { copyCheckout, type Checkout, type Ended } from "../e2e/checkout.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let checkout: Checkout;
beforeAll(async () => {
  checkout = await copyCheckout();
});
afterAll(() => checkout.remove());

const plan = (...args: string[]) => checkout.fairway("plan", "--env", "dev", ...args);

describe("a waiver that has expired", () => {
  let asked: { plainly: Ended; forPullRequest: Ended };
  beforeAll(async () => {
    const waiver = `{ policy: "log-retention", resource: "network::network-flow-logs", owner: "platform", expires: "2020-01-31",
      reason: "The auditor wants the flow logs of the migration for good." }`;
    checkout.edit("infra/components/network/flow-logs.ts", "{ retentionInDays: args.retentionDays ?? 30 }", "{}");
    checkout.edit("infra/policies/waivers.ts", /readonly Waiver\[\] = \[/, `readonly Waiver[] = [${waiver},`);
    asked = { plainly: await plan(), forPullRequest: await plan("--pull-request") };
    checkout.git("checkout", "--quiet", ".");
  });

  test("fails a pull request, which it tells whose it is and what to do", () => {
    expect(asked.forPullRequest).toMatchObject({ code: 3 });
    expect(asked.forPullRequest.stdout).toMatch(
      /waiver log-retention on network::network-flow-logs \(platform\) expired on 2020-01-31[^]*refused \(1 waiver\)/,
    );
  });

  test("fails nothing else: a rollback on that day must not", () => {
    expect(asked.plainly).toMatchObject({ code: 0 });
  });
});

describe("a change that costs, allows and breaks something", () => {
  let ended: Ended;
  let review: {
    policy: { new: { policy: string }[]; older: unknown[] };
    access: { changes: { principal: string; added: { actions: string[] }[]; removed: unknown[] }[] };
    cost: { deltaUsd: number; changes: { item: string; deltaUsd: number }[] };
  };
  beforeAll(async () => {
    checkout.edit("platform.config.ts", 'nat: "single"', 'nat: "per-zone"'); // dev is the first
    checkout.edit("infra/components/network/flow-logs.ts", "{ retentionInDays: args.retentionDays ?? 30 }", "{}");
    checkout.edit(
      "infra/components/fargate-service/roles.ts",
      '"logs:PutLogEvents"',
      '"logs:PutLogEvents", "logs:DeleteLogStream"',
    );
    ended = await plan("--base", "HEAD", "--json", "--graph", join(checkout.folder, "dev.mmd"));
    review = (JSON.parse(ended.stdout) as { reviews: { dev: typeof review } }).reviews.dev;
  });

  test("is refused for the rule that it newly breaks, and for no other", () => {
    expect(ended).toMatchObject({ code: 3 });
    expect(review.policy.new.map(({ policy }) => policy)).toEqual(["log-retention"]);
  });

  test("says who may do more", () => {
    const gained = review.access.changes.filter(({ added }) =>
      added.some(({ actions }) => actions.includes("logs:DeleteLogStream")),
    );
    expect(gained.map(({ principal }) => principal)).toEqual(["role catalog-execution"]);
  });

  test("says what it costs: dev's second zone gets a NAT gateway with an address", () => {
    const fixed = review.cost.changes.filter(({ item }) => ["NAT gateway", "public IPv4 address"].includes(item));
    expect(fixed.map(({ item, deltaUsd }) => [item, deltaUsd])).toEqual([
      ["NAT gateway", 32.85],
      ["public IPv4 address", 3.65],
    ]);
  });

  test("is drawn into the file that was named", () => {
    expect(readFileSync(join(checkout.folder, "dev.mmd"), "utf8")).toMatch(/^flowchart RL$[^]*components\.FargateService/m);
  });

  test("is the same bytes from a base that was made before", async () => {
    expect((await plan("--base", "HEAD", "--json")).stdout).toBe(ended.stdout);
  });

  test("is shown to a person: what stops it, what it costs and how that is known", async () => {
    const { stdout } = await plan("--base", "HEAD");
    expect(stdout).toMatch(/^dev .*\$\d+\/mo \(\+\$\d+\)$/m);
    expect(stdout).toMatch(
      /! policy {3}1 (?:new )?violation.*\n {6}log-retention {2}network cloudwatch\.LogGroup network-flow-logs: .*\[modelled\]/,
    );
    expect(stdout).toMatch(/catalog role catalog-execution {2}\+ .*logs:DeleteLogStream/);
    expect(stdout).toMatch(/cost {5}\+\$32\.85 NAT gateway: network network-2/);
    expect(stdout).toMatch(/list prices of us-east-1/);
    expect(stdout).toMatch(/^refused \(1 policy violation\)/m);
  });

  test("is shown as a comment", async () => {
    const { stdout, code } = await plan("--base", "HEAD", "--format", "markdown");
    expect(code).toBe(3);
    expect(stdout).toMatch(/^## Plan of `\w+\+changes` against `HEAD` \(`\w+`\): refused \(1 policy violation\)\n/);
    expect(stdout).toMatch(/^\| `dev` \| \d+ \| \d+ \| \d+ \| 0 \| \$\d+ \(\+\$\d+\) \| \*\*1 new\*\*/m);
    expect(stdout).toContain("npx fairway plan --base HEAD --env dev --full");
  });
});

test("a waiver that is written wrongly is told once, and no plan is printed", async () => {
  const waiver = `{ policy: "no-such-policy", resource: "shop::x", owner: "platform", expires: "2030-01-31", reason: "It is only an exception for a test." }`;
  checkout.edit("infra/policies/waivers.ts", /readonly Waiver\[\] = \[/, `readonly Waiver[] = [${waiver},`);
  const ended = await plan();
  expect(ended).toMatchObject({ code: 1, stdout: "" });
  expect(ended.stderr.match(/there is no such policy/g)).toHaveLength(1);
  checkout.git("checkout", "--quiet", "infra/policies/waivers.ts");
});

test("a picture in a format that is none is refused before anything is planned", async () => {
  expect(await plan("--graph", "production.png")).toMatchObject({ code: 2, stderr: expect.stringMatching(/\.svg .*\.mmd/) });
});
