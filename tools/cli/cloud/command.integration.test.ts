import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../workspace/checkout.ts";
import { type FakeGitHub, startFakeGitHub } from "./testing/fake-github.ts";

/** An empty home: no credentials of whoever runs the tests are found, and nobody is asked for any. */
let home: string;
let github: FakeGitHub;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "fairway-home-"));
  github = await startFakeGitHub();
});
afterAll(async () => {
  await github.close();
  rmSync(home, { recursive: true, force: true });
});

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** The command as a process of its own, which nobody sits at. */
function fairway(args: string[], environment: Record<string, string> = {}): Promise<Outcome> {
  const env = { HOME: home, PATH: home, AWS_EC2_METADATA_DISABLED: "true", ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(ROOT, "tools/cli/main.ts"), ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

describe("fairway init backend", () => {
  test("without an environment is a wrong use, exit 2", async () => {
    expect(await fairway(["init", "backend"])).toMatchObject({ code: 2, stderr: expect.stringContaining("--env") });
  });

  test("for an environment that does not exist is a wrong use that names those that do", async () => {
    expect(await fairway(["init", "backend", "--env", "prod", "--yes"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("dev, staging, production, shared"),
    });
  });

  test("without credentials fails with exit 1, says how to get some, and shows no stack trace", async () => {
    const { code, stderr } = await fairway(["init", "backend", "--env", "dev", "--yes"]);
    expect(code).toBe(1);
    expect(stderr).toContain("There are no AWS credentials here. Sign in: `aws sso login");
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("shows an example with --help", async () => {
    expect(await fairway(["init", "backend", "--help"])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("npx fairway init backend --env dev"),
    });
  });
});

describe("fairway init github", () => {
  test("without a token fails with exit 1 and says which one it needs", async () => {
    expect(await fairway(["init", "github", "--dry-run"])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no GitHub token[^]*gh auth login[^]*administration \(write\)/),
    });
  });

  const there = () => ({ GITHUB_TOKEN: github.token, GITHUB_API_URL: github.baseUrl });
  const writes = () => github.requests.filter((each) => !each.startsWith("GET"));

  test("shows what it would set on the server that GITHUB_API_URL names, and never the token", async () => {
    const { code, stdout, stderr } = await fairway(["init", "github", "--dry-run", "--env", "production"], there());
    expect({ code, writes: writes() }).toEqual({ code: 0, writes: [] });
    expect(stderr).toMatch(/create +GitHub environment production\n/);
    expect(stdout + stderr).not.toContain(github.token);
  });

  test("without a terminal changes nothing unless --yes is given: exit 2", async () => {
    const { code, stderr } = await fairway(["init", "github", "--env", "dev"], there());
    expect({ code, writes: writes() }).toEqual({ code: 2, writes: [] });
    expect(stderr).toContain("There is no terminal to ask at");
  });
});

describe("fairway doctor", () => {
  test("reaches nothing outside of this machine without --env", async () => {
    const { stdout } = await fairway(["doctor", "--json"], { GITHUB_TOKEN: github.token, GITHUB_API_URL: github.baseUrl });
    expect((JSON.parse(stdout) as { check: string }[]).map(({ check }) => check)).not.toContain("account");
  });

  // "shared" has no names, so nobody is asked for its name servers.
  test("with --env tells each thing that is missing, with its remedy, as JSON, and exits 1", async () => {
    const { code, stdout } = await fairway(["doctor", "--env", "shared", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ check: "account", state: "wrong", fix: expect.stringContaining("aws sso login") }),
        expect.objectContaining({ check: "pulumi", state: "wrong", fix: "npm install --global pulumi" }),
        expect.objectContaining({ check: "github", state: "note" }),
      ]),
    );
  });

  test("of an environment that does not exist is a wrong use, exit 2", async () => {
    expect(await fairway(["doctor", "--env", "prod"])).toMatchObject({ code: 2 });
  });
});
