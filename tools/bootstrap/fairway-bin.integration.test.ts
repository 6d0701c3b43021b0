import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ROOT } from "./toolchain.mjs";

const bin = join(ROOT, "tools/cli/bin/fairway.mjs");
const folder = mkdtempSync(join(tmpdir(), "fairway-bin-"));
afterAll(() => rmSync(folder, { recursive: true }));

const fairway = (file: string, args: string[], cwd: string) =>
  spawnSync(process.execPath, [file, ...args], { cwd, encoding: "utf8" });

test("fairway answers from a subfolder, through a link such as npm makes", () => {
  const link = join(folder, "fairway");
  symlinkSync(bin, link);
  const { status, stdout, stderr } = fairway(link, ["--help"], join(ROOT, "infra/stacks"));
  expect(stderr).toBe("");
  expect(stdout).toContain("Usage: fairway");
  expect(status).toBe(0);
});

test("fairway's exit code comes through", () => {
  expect(fairway(bin, ["no-such-command"], ROOT).status).toBe(2);
});

test("bootstrap without a verb it knows says which there are, and exits 2", () => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, "tools/bootstrap.mjs"), "launch"], { encoding: "utf8" });
  expect(stderr).toMatch(/usage: node tools\/bootstrap\.mjs start\|test\|/);
  expect(status).toBe(2);
});
