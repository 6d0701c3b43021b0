import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Secret } from "@fairway/engine";
import { stateOf } from "../testing/plans.ts";
import { JUDGES, stateCache } from "./cache.ts";

let folder: string;
let root: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairway-cache-"));
  root = join(folder, "checkout");
  vi.stubEnv("FAIRWAY_KEY_FOLDER", join(folder, "key"));
  for (const part of JUDGES) mkdirSync(join(root, part), { recursive: true });
  writeFileSync(join(root, "package-lock.json"), "{}");
  mkdirSync(join(folder, "base"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const open = () => stateCache({ revision: "main", commit: "4b8d11a", folder: join(folder, "base") }, root);
const shop = { project: "shop", stack: "dev" };
const made = { type: "x:y:Z", name: "db", inputs: { size: 3, password: new Secret("correct horse") } };
const write = () => open().write("dev", [[shop, stateOf([made], shop)]]);
const files = () => readdirSync(join(folder, "base/.fairway-states"));

test("what was made is read again, as it was", () => {
  write();
  expect(open().read("dev")?.get("shop/dev")?.resources()).toEqual(stateOf([made], shop).resources());
  expect(open().read("production")).toBeUndefined();
});

test("no secret is kept in the clear", () => {
  write();
  expect(files().map((file) => readFileSync(join(folder, "base/.fairway-states", file), "utf8"))).toEqual([
    expect.not.stringContaining("correct horse"),
  ]);
});

test.each([
  ["the engine", () => writeFileSync(join(root, "rehearsal/engine/run.ts"), "export {};")],
  ["a model", () => writeFileSync(join(root, "rehearsal/cloud/bucket.ts"), "export {};")],
  ["what an image is made of", () => writeFileSync(join(root, "tools/bundle/source-digest.ts"), "export {};")],
  ["an installed version", () => writeFileSync(join(root, "package-lock.json"), "{ }")],
])("it counts no more once %s is another, and goes with the next", (_, change) => {
  write();
  change();
  expect(open().read("dev")).toBeUndefined();
  write();
  expect(files()).toHaveLength(1);
});

/** What makes a base's states and is in none of the folders, because no state depends on it. */
const NOT_JUDGING = ["tools/cli/failure.ts"];

test("all that makes the states of a base counts: what is imported and lies elsewhere would leave them stale", async () => {
  const { metafile } = await build({
    entryPoints: ["tools/cli/plan/base/state.ts", "rehearsal/cloud/index.ts"],
    absWorkingDir: join(import.meta.dirname, "../../../.."),
    bundle: true,
    write: false,
    metafile: true,
    outdir: "none",
    platform: "node",
    format: "esm",
    // Installed packages count by the lockfile; those of the workspace are sources.
    plugins: [
      {
        name: "workspace-only",
        setup: ({ onResolve }) =>
          onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
            path.startsWith("@fairway/") || kind === "entry-point" ? undefined : { external: true },
          ),
      },
    ],
  });
  const made = Object.keys(metafile.inputs);
  expect(made).toContain("tools/bundle/source-digest.ts");
  expect(made.filter((file) => !JUDGES.some((folder) => file.startsWith(`${folder}/`)))).toEqual(NOT_JUDGING);
});

test("a test that changed makes no difference", () => {
  write();
  writeFileSync(join(root, "rehearsal/engine/run.test.ts"), "export {};");
  expect(open().read("dev")).toBeDefined();
});

test("half a file is none", () => {
  write();
  const [file = ""] = files();
  writeFileSync(join(folder, "base/.fairway-states", file), '[{"id":');
  expect(open().read("dev")).toBeUndefined();
});

test("a key that is lost makes it unreadable, which is no error", () => {
  write();
  rmSync(join(folder, "key"), { recursive: true });
  expect(open().read("dev")).toBeUndefined();
});
