import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Platform } from "@fairway/settings";
import { setUpGitHub } from "../../commands/init.ts";
import { createGitHub } from "../github/api.ts";
import type { GitHubSetUp } from "../github/steps.ts";
import { type FakeGitHub, startFakeGitHub } from "../testing/fake-github.ts";
import { recorder } from "../testing/outside.ts";
import { platform } from "../testing/platform.ts";
import { githubCheck } from "./github.ts";

const IDS = { ownerId: 42, repositoryId: 4711 };
let server: FakeGitHub;
let root: string;
let set: GitHubSetUp;
beforeEach(async () => {
  server = await startFakeGitHub();
  root = mkdtempSync(join(tmpdir(), "fairway-doctor-"));
  set = {
    github: createGitHub({ baseUrl: server.baseUrl, token: server.token }),
    platform: { ...platform, repository: { ...platform.repository, ...IDS } },
    environments: ["production"],
    checks: [],
    root,
    services: [],
  };
  await setUpGitHub(set, { yes: true, dryRun: false, json: false }, { output: recorder(), confirm: async () => true });
});
afterEach(async () => {
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

const examined = (over: Partial<Platform["repository"]> = {}) =>
  githubCheck(async () => ({ ...set, platform: { ...set.platform, repository: { ...set.platform.repository, ...over } } })).run();
const bad = async () => (await examined()).filter(({ state }) => state !== "fine");

test("a repository that was set up has nothing to mend", async () => {
  expect(await bad()).toEqual([]);
});

test("an environment that other branches reach is wrong, with the command that closes it", async () => {
  server.environments.get("production")!.branches.push({ id: 9, name: "hotfix/*", type: "branch" });
  expect(await bad()).toEqual([
    {
      check: "github",
      state: "wrong",
      message: "GitHub environment production: open to hotfix/*",
      fix: "npx fairway init github --env production",
    },
  ]);
});

test("a main that anybody may push to is wrong", async () => {
  server.rulesets.length = 0;
  expect(await bad()).toEqual([expect.objectContaining({ state: "wrong", message: "protection of main is missing" })]);
});

test("a customised subject of OIDC tokens is wrong: every role's trust would fail", async () => {
  server.subjectClaims = ["repo", "workflow"];
  expect(await bad()).toEqual([
    expect.objectContaining({ state: "wrong", message: expect.stringContaining("customised (repo, workflow)") }),
  ]);
});

test("an owner that GitHub can't find is wrong, with the line", async () => {
  server.codeOwnersErrors = [{ line: 3, message: "Unknown owner on line 3" }];
  expect(await bad()).toEqual([
    expect.objectContaining({ state: "wrong", message: "CODEOWNERS on main, line 3: Unknown owner on line 3" }),
  ]);
});

test("other ids than the repository's are wrong, missing ones a note with the values", async () => {
  expect(await examined({ repositoryId: 1 })).toContainEqual(
    expect.objectContaining({ state: "wrong", message: expect.stringContaining("settings say 42 and 1") }),
  );
  expect(await examined({ ownerId: undefined })).toContainEqual(
    expect.objectContaining({ state: "note", fix: expect.stringMatching(/ownerId to 42 and repository\.repositoryId to 4711/) }),
  );
});
