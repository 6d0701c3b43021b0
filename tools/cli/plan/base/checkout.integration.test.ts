import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { checkOutBase } from "./checkout.ts";

let folder: string;
let root: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairway base-")); // with a space: checkouts have them
  root = join(folder, "checkout");
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
  mkdirSync(join(root, "node_modules/dependency"), { recursive: true });
  writeFileSync(join(root, "package.json"), JSON.stringify({ name: "acme", version: "1.0.0" }));
  writeLockfile("1.0.0");
  git("init", "--quiet", "--initial-branch=main");
  git("add", "package.json", "package-lock.json");
  git("commit", "--quiet", "--message=base");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const git = (...args: string[]) =>
  execFileSync("git", ["-C", root, "-c", "user.name=test", "-c", "user.email=test@acme.example", ...args]);
const writeLockfile = (version: string) =>
  writeFileSync(
    join(root, "package-lock.json"),
    JSON.stringify({
      name: "acme",
      version,
      lockfileVersion: 3,
      requires: true,
      packages: { "": { name: "acme", version: "1.0.0" } },
    }),
  );
const checkOut = async () => (await checkOutBase(root, "main", () => undefined)).folder;

describe("the checkout of a base", () => {
  test("runs on what is installed here while both have the same lockfile, and is kept", async () => {
    const first = await checkOut();
    expect(existsSync(join(first, "node_modules/dependency"))).toBe(true);
    expect(await checkOut()).toBe(first);
  });

  test("runs on its own dependencies once the lockfile here is another, although a checkout of it was kept", async () => {
    await checkOut();
    writeLockfile("2.0.0");
    expect(existsSync(join(await checkOut(), "node_modules/dependency"))).toBe(false);
  });

  test("leaves nothing half made when it fails", async () => {
    writeFileSync(join(root, "package.json"), "{");
    git("commit", "--quiet", "--all", "--message=broken");
    writeLockfile("2.0.0");
    await expect(checkOut()).rejects.toThrow(/can't check out base main/);
    expect(readdirSync(join(folder, "cache/fairway/base"))).toEqual([]);
  });
});
