import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, symlinkSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { bundleService, findWorkspaceRoot, sourceDigest } from "../index.ts";
import { dependencyClosure, readLockfile } from "../lockfile.ts";

const ROOT = findWorkspaceRoot(import.meta.dirname);
const SERVICE = "services/catalog";
const scratch = mkdtempSync(join(tmpdir(), "bundle-catalog-"));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Another checkout that has the declared inputs and nothing else. */
function copyDeclared(to: string): void {
  const { packages, workspaces } = dependencyClosure(readLockfile(ROOT), SERVICE);
  const paths = [
    "package.json",
    "package-lock.json",
    `${SERVICE}/package.json`,
    `${SERVICE}/src`,
    ...workspaces,
    ...packages.keys(),
  ];
  for (const path of paths) cpSync(join(ROOT, path), join(to, path), { recursive: true });
  for (const workspace of workspaces) {
    const link = join(to, "node_modules/@fairway", workspace.slice(workspace.lastIndexOf("/") + 1));
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(to, workspace), link);
  }
}

describe("the catalogue's bundle", () => {
  test("has the same digests from a checkout elsewhere that has only the declared inputs", async () => {
    const copy = join(scratch, "elsewhere/checkout");
    copyDeclared(copy);
    const here = await bundleService({ folder: join(ROOT, SERVICE), outFolder: join(scratch, "here") });
    const there = await bundleService({ folder: join(copy, SERVICE), outFolder: join(scratch, "there") });
    expect(there.files).toEqual(here.files);
    expect(there.digest).toBe(here.digest);
    expect(sourceDigest({ folder: join(copy, SERVICE), workspaceRoot: copy })).toBe(
      sourceDigest({ folder: join(ROOT, SERVICE), workspaceRoot: ROOT }),
    );
  });

  test("serves with nothing but Node", async () => {
    const { folder } = await bundleService({ folder: join(ROOT, SERVICE), outFolder: join(scratch, "run") });
    const child = spawn(process.execPath, ["main.mjs"], {
      cwd: folder,
      env: { HOST: "127.0.0.1", PORT: "0", DRAIN_SECONDS: "0" },
    });
    const ended = once(child, "close");
    try {
      let output = "";
      child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
      child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
      let url: string | undefined;
      while ((url = /at (http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1]) === undefined) {
        const [end] = await Promise.race([once(child.stdout, "data"), ended.then(() => ["ended"])]);
        if (end === "ended") throw new Error(`the bundle ended before it served:\n${output}`);
      }
      expect(await (await fetch(`${url}/catalog/products?limit=1`)).json()).toMatchObject({
        items: [{ price: { currency: "EUR" } }],
      });
      expect((await fetch(`${url}/catalog/openapi.json`)).status).toBe(200);
      child.kill("SIGTERM");
      expect(await ended).toEqual([0, null]);
    } finally {
      child.kill("SIGKILL");
      await ended;
    }
  });
});
