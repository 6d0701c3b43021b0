import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { type Files, makeWorkspace, type Workspace } from "./workspace-fixture.ts";

const MAIN = join(import.meta.dirname, "../main.ts");

let workspace: Workspace;
afterEach(() => workspace.remove());

function run(args: string[], changes: Files = {}) {
  workspace = makeWorkspace(changes);
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { cwd: workspace.root, encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("the command", () => {
  test("prints the digest, and only that, of what it wrote to dist", () => {
    const { status, stdout } = run(["services/hello"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^sha256:[0-9a-f]{64}\n$/);
    expect(existsSync(join(workspace.root, "services/hello/dist", stdout.trim().replace(":", "-"), "main.mjs"))).toBe(true);
  });

  test.each([[[]], [["services/hello", "services/other"]], [["--watch", "services/hello"]]])(
    "called with %j says how to call it, and ends with 2",
    (args) => expect(run(args)).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("Usage: ") as string }),
  );

  test("called with a folder that is no service names it, and ends with 2", () =>
    expect(run(["services/nothing"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("services/nothing: no package.json there") as string,
    }));

  test("called with code that does not build says where, without a stack, and ends with 1", () => {
    const { status, stdout, stderr } = run(["services/hello"], { "services/hello/src/main.ts": "let = ;" });
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("services/hello/src/main.ts:1");
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
