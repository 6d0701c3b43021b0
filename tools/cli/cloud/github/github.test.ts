import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Platform } from "@fairway/settings";
import { setUpGitHub } from "../../commands/init.ts";
import { type FakeGitHub, startFakeGitHub } from "../testing/fake-github.ts";
import { openEnvironment } from "../testing/fake-github-environments.ts";
import { recorder } from "../testing/outside.ts";
import { platform } from "../testing/platform.ts";
import { createGitHub } from "./api.ts";
import { codeOwners } from "./code-owners.ts";
import { githubToken } from "./token.ts";

let server: FakeGitHub;
let root: string;
beforeEach(async () => {
  server = await startFakeGitHub();
  root = mkdtempSync(join(tmpdir(), "fairway-github-"));
});
afterEach(async () => {
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

const SERVICES = [{ folder: "catalog", owner: "shopping" }];

async function init(
  options: {
    yes?: boolean;
    dryRun?: boolean;
    json?: boolean;
    env?: string[];
    check?: string[];
    token?: string;
    platform?: Platform;
  } = {},
) {
  const output = recorder();
  const set = {
    github: createGitHub({ baseUrl: server.baseUrl, token: options.token ?? server.token }),
    platform: options.platform ?? platform,
    environments: options.env ?? [],
    checks: options.check ?? ["test"],
    root,
    services: SERVICES,
  };
  const { yes = true, dryRun = false, json = false } = options;
  await setUpGitHub(set, { yes, dryRun, json }, { output, confirm: async () => false });
  return { said: output.said.join("\n"), printed: output.printed.join("\n") };
}

const writes = () => server.requests.filter((each) => !each.startsWith("GET"));
const ruleOf = (type: string) =>
  (server.rulesets[0]!.rules as { type: string; parameters?: unknown }[]).find((rule) => rule.type === type);

describe("a new repository", () => {
  test("gets an environment for each role that deploys, and main alone reaches it", async () => {
    await init();
    expect([...server.environments.keys()].sort()).toEqual([
      "dev",
      "dev-preview",
      "dev-shopping",
      "production",
      "production-shopping",
      "publish",
      "shared",
    ]);
    for (const [name, { branches, deployment_branch_policy }] of server.environments) {
      expect(
        branches.map((each) => each.name),
        name,
      ).toEqual(["main"]);
      expect(deployment_branch_policy, name).toEqual({ protected_branches: false, custom_branch_policies: true });
    }
  });

  test("asks the team whose release it is for approval where settings want it, and nobody approves their own", async () => {
    await init();
    const approvals = [...server.environments].map(([name, { reviewers, prevent_self_review }]) => [
      name,
      reviewers.map(({ id }) => id),
      prevent_self_review,
    ]);
    expect(approvals).toEqual([
      ["dev", [], false],
      ["dev-shopping", [], false],
      ["dev-preview", [], false],
      ["production", [11], true],
      ["production-shopping", [22], true],
      ["shared", [11], true],
      ["publish", [], false],
    ]);
  });

  test("protects main: reviewed by code owners, checked, never forced or deleted, nobody around it", async () => {
    await init({ check: ["test", "plan"] });
    expect(server.rulesets).toMatchObject([
      {
        name: "fairway: main",
        enforcement: "active",
        bypass_actors: [],
        conditions: { ref_name: { include: ["refs/heads/main"], exclude: [] } },
      },
    ]);
    expect(ruleOf("pull_request")?.parameters).toMatchObject({
      require_code_owner_review: true,
      required_approving_review_count: 1,
    });
    expect(ruleOf("required_status_checks")?.parameters).toMatchObject({
      required_status_checks: [{ context: "test" }, { context: "plan" }],
    });
    expect(ruleOf("non_fast_forward")).toBeDefined();
    expect(ruleOf("deletion")).toBeDefined();
  });

  test("gets a CODEOWNERS: the platform's team for what is provisioned, a service's owner for the service", async () => {
    await init();
    const lines = readFileSync(join(root, ".github/CODEOWNERS"), "utf8")
      .split("\n")
      .map((line) => line.split(/ +/));
    for (const path of ["/infra/", "/pipelines/", "/platform.config.ts", "/infra/policies/waivers.ts", "/.github/"])
      expect(lines).toContainEqual([path, "@acme-chandlery/platform"]);
    expect(lines).toContainEqual(["/services/catalog/", "@acme-chandlery/shopping"]);
  });

  test("is only looked at with --dry-run", async () => {
    const { said } = await init({ dryRun: true });
    expect(writes()).toEqual([]);
    expect(existsSync(join(root, ".github"))).toBe(false);
    expect(said).toMatch(/create +GitHub environment production\n/);
  });

  test("gets only the environments of the named ones with --env", async () => {
    await init({ env: ["production"] });
    expect([...server.environments.keys()]).toEqual(["production", "production-shopping"]);
  });

  test("is told that no status check guards main when none is named", async () => {
    expect((await init({ check: [] })).printed).toContain("--check NAME");
    expect(ruleOf("required_status_checks")).toBeUndefined();
  });
});

describe("run again", () => {
  test("it changes nothing", async () => {
    await init();
    server.requests.length = 0;
    expect((await init({ yes: false })).printed).toContain("Nothing to change.");
    expect(writes()).toEqual([]);
  });

  test("it closes an environment that a workflow made, open to every branch", async () => {
    server.environments.set("production", openEnvironment());
    const { said } = await init();
    expect(said).toContain("production: open to every branch; not approved by acme-chandlery/platform");
    expect(server.environments.get("production")?.branches.map(({ name }) => name)).toEqual(["main"]);
  });

  test("it takes other branches out of an environment", async () => {
    await init();
    server.environments.get("dev")!.branches.push({ id: 7, name: "release/*", type: "branch" });
    expect((await init()).said).toContain("dev: open to release/*");
    expect(server.environments.get("dev")!.branches.map(({ name }) => name)).toEqual(["main"]);
  });

  test("a tag of the name main is no branch", async () => {
    await init();
    server.environments.get("dev")!.branches = [{ id: 7, name: "main", type: "tag" }];
    await init();
    expect(server.environments.get("dev")!.branches).toMatchObject([{ name: "main", type: "branch" }]);
  });

  test("it keeps what is stricter: a wait, another reviewer, two approvals, another rule", async () => {
    await init();
    Object.assign(server.environments.get("production")!, { wait_timer: 30, reviewers: [{ type: "Team", id: 22 }] });
    const rules = server.rulesets[0]!.rules as { type: string; parameters?: Record<string, unknown> }[];
    rules.push({ type: "required_signatures" });
    Object.assign(rules.find(({ type }) => type === "pull_request")!.parameters!, {
      required_approving_review_count: 2,
      require_code_owner_review: false,
    });
    await init();
    expect(server.environments.get("production")).toMatchObject({
      wait_timer: 30,
      reviewers: [
        { type: "Team", id: 22 },
        { type: "Team", id: 11 },
      ],
    });
    expect(ruleOf("required_signatures")).toBeDefined();
    expect(ruleOf("pull_request")?.parameters).toMatchObject({
      required_approving_review_count: 2,
      require_code_owner_review: true,
    });
  });

  test("it turns a ruleset on again that someone turned off", async () => {
    await init();
    server.rulesets[0]!.enforcement = "disabled";
    expect((await init()).said).toContain("protection of main: is disabled");
    expect(server.rulesets).toMatchObject([{ enforcement: "active" }]);
  });

  test("it keeps other lines of CODEOWNERS, above its own", async () => {
    mkdirSync(join(root, ".github"));
    writeFileSync(join(root, ".github/CODEOWNERS"), "/docs/ @acme-chandlery/writers\n");
    await init();
    const once = readFileSync(join(root, ".github/CODEOWNERS"), "utf8");
    expect(once).toBe(`/docs/ @acme-chandlery/writers\n\n${codeOwners(platform, SERVICES)}\n`);
    await init();
    expect(readFileSync(join(root, ".github/CODEOWNERS"), "utf8")).toBe(once);
  });
});

describe("it refuses", () => {
  test("a token that GitHub does not know, without printing it", async () => {
    const failing = init({ token: "ghp_wrong" });
    await expect(failing).rejects.toThrow(/401 Bad credentials[^]*gh auth login/);
    await expect(failing).rejects.not.toThrow(/ghp_wrong/);
  });

  test("a token whose owner is no admin", async () => {
    server.repository.admin = false;
    await expect(init()).rejects.toThrow("no admin of acme-chandlery/platform");
  });

  test("a repository that is not there", async () => {
    const elsewhere = { ...platform, repository: { owner: "acme-chandlery", name: "gone" } };
    await expect(init({ platform: elsewhere })).rejects.toThrow(
      /there is no repository acme-chandlery\/gone[^]*platform\.config\.ts/,
    );
  });

  test("a default branch that roles do not trust", async () => {
    server.repository.default_branch = "master";
    await expect(init()).rejects.toThrow(/default branch of acme-chandlery\/platform is master[^]*rename it/);
  });

  test("a team that GitHub does not have, before anything is written", async () => {
    server.teams.delete("acme-chandlery/platform");
    server.environments.set("production", openEnvironment());
    await expect(init()).rejects.toThrow("there is no GitHub team acme-chandlery/platform");
    expect(writes()).toEqual([]);
  });

  test.each([
    [
      403,
      { message: "Upgrade to GitHub Pro or make this repository public to enable this feature." },
      /rulesets of private repositories need GitHub Team/,
    ],
    [403, { message: "Resource not accessible by personal access token" }, /It needs: repository administration \(write\)/],
    [502, "<html>", /502[^]*githubstatus\.com/],
  ])("GitHub's %i, saying what to do", async (status, body, advice) => {
    server.refuse(status, body);
    await expect(init()).rejects.toThrow(advice);
  });

  test("to go on when the limit of requests is used up, saying until when", async () => {
    server.refuse(
      403,
      { message: "API rate limit exceeded" },
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795435200" },
    );
    await expect(init()).rejects.toThrow("Wait until 2026-11-23T");
  });

  test("to go on when nobody answers", async () => {
    const github = createGitHub({ baseUrl: "http://127.0.0.1:1", token: "x" });
    await expect(github.get("/repos/a/b")).rejects.toThrow(/GET http:\/\/127\.0\.0\.1:1\/repos\/a\/b: .*Check the network/);
  });

  test("an owner of a service that is no team of settings", () => {
    expect(() => codeOwners(platform, [{ folder: "orders", owner: "warehouse" }])).toThrow(
      'there is no team "warehouse". platform.config.ts has platform, shopping',
    );
  });
});

describe("the token", () => {
  test("is the environment's, GITHUB_TOKEN first", async () => {
    expect(await githubToken({ GITHUB_TOKEN: "one", GH_TOKEN: "two" })).toBe("one");
    expect(await githubToken({ GH_TOKEN: "two" })).toBe("two");
  });

  test("is missing where neither it nor gh is there", async () => {
    expect(await githubToken({ PATH: root })).toBeUndefined();
  });
});
