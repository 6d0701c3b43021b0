import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bundleService } from "./index.ts";
import { type Files, makeWorkspace, type Workspace } from "./tests/workspace-fixture.ts";

let made: Workspace[] = [];
let out: string;
beforeEach(() => void (out = mkdtempSync(join(tmpdir(), "bundle-out-"))));
afterEach(() => {
  for (const workspace of made) workspace.remove();
  made = [];
  rmSync(out, { recursive: true });
});

function workspace(changes?: Files, label?: string): Workspace {
  const one = makeWorkspace(changes, label);
  made.push(one);
  return one;
}

const build = ({ root }: Workspace, outFolder = join(root, "services/hello/dist")) =>
  bundleService({ folder: join(root, "services/hello"), outFolder });

const digestWith = async (changes: Files) => (await build(workspace(changes))).digest;

describe("a bundle", () => {
  test("has the code, its map, the assets and the licences, in a folder named by its digest", async () => {
    const { digest, folder, files } = await build(workspace(), out);
    expect(files.map(({ path }) => path)).toEqual(["LICENCES.txt", "assets/name.txt", "main.mjs", "main.mjs.map"]);
    expect(folder).toBe(join(out, digest.replace(":", "-")));
    expect(readdirSync(out)).toEqual([digest.replace(":", "-")]);
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test("runs on plain Node with no package in reach", async () => {
    const { folder } = await build(workspace(), out);
    expect(execFileSync(process.execPath, ["main.mjs"], { cwd: folder, encoding: "utf8", env: {} })).toBe("<hello world>\n");
  });

  test("has the licence of each package whose code is in it, and of no other", async () => {
    const { folder } = await build(workspace(), out);
    const text = readFileSync(join(folder, "LICENCES.txt"), "utf8");
    expect(text).toContain("left 1.0.0 (MIT)\n\nLeft's licence.\n");
    expect(text).toContain("deep 1.0.0 (ISC)\n\n(the package comes without a licence file)");
    expect(text).not.toContain("dev-only");
  });

  test("has the digest that sha256sum gives, so that anyone can check it", async () => {
    const { digest, folder } = await build(workspace(), out);
    const command = "export LC_ALL=C; find * -type f | sort | xargs sha256sum | sha256sum";
    const sum = execFileSync("sh", ["-c", command], { cwd: folder, encoding: "utf8" }).split(" ")[0];
    expect(`sha256:${sum}`).toBe(digest);
  });
});

describe("the digest", () => {
  test("is the same the second time, from another checkout and to another folder, and names no path of either", async () => {
    const here = workspace();
    const there = workspace({}, "a-checkout-with-a-longer-name-");
    const first = await build(here);
    const second = await build(here, out);
    const third = await build(there);
    expect([second.files, third.files]).toEqual([first.files, first.files]);
    expect([second.digest, third.digest]).toEqual([first.digest, first.digest]);
    for (const { path } of third.files) {
      const text = readFileSync(join(third.folder, path), "utf8");
      expect([path, text.includes(tmpdir()), text.includes(there.root)]).toEqual([path, false, false]);
    }
  });

  test("follows code, assets, workspace packages and installed packages", async () => {
    const digests = await Promise.all([
      digestWith({}),
      digestWith({ "services/hello/src/greet.ts": "export const greet = (name: string): string => name;" }),
      digestWith({ "services/hello/src/assets/name.txt": "moon\n" }),
      digestWith({ "services/hello/src/assets/more.txt": "" }),
      digestWith({ "libs/words/index.ts": 'export const HELLO: string = "ahoy";' }),
      digestWith({ "node_modules/deep/index.js": "exports.wrap = (text) => text;" }),
    ]);
    expect(new Set(digests).size).toBe(digests.length);
  });

  test("does not follow times, tests, prose, or what a package tries to load without depending on it", async () => {
    const touched = workspace();
    utimesSync(join(touched.root, "services/hello/src/main.ts"), 1, 1);
    const plain = await digestWith({});
    expect((await build(touched)).digest).toBe(plain);
    expect(
      await digestWith({ "services/hello/src/greet.test.ts": "export const changed = 1;", "services/hello/README.md": "New." }),
    ).toBe(plain);
    const stray = {
      "node_modules/stray/package.json": { name: "stray" },
      "node_modules/stray/index.js": 'module.exports = "!";',
    };
    expect(await digestWith(stray)).toBe(plain);
  });

  test("does not follow a tsconfig.json that lies above", async () => {
    expect(await digestWith({ "tsconfig.json": { compilerOptions: { target: "ES5", jsx: "react" } } })).toBe(
      await digestWith({}),
    );
  });
});

describe("writing", () => {
  test("mends a folder that was changed", async () => {
    const one = workspace();
    const { folder } = await build(one, out);
    const right = readFileSync(join(folder, "main.mjs"), "utf8");
    writeFileSync(join(folder, "main.mjs"), "process.exit(1)");
    writeFileSync(join(folder, "extra.mjs"), "");
    await build(one, out);
    expect(readFileSync(join(folder, "main.mjs"), "utf8")).toBe(right);
    expect(readdirSync(folder)).not.toContain("extra.mjs");
  });

  test("leaves nothing half-written beside it, also when two build at once", async () => {
    const one = workspace();
    const [first, second] = await Promise.all([build(one, out), build(one, out)]);
    expect(first).toEqual(second);
    expect(readdirSync(out)).toEqual([first.digest.replace(":", "-")]);
  });

  test("that fails leaves no folder that looks like a bundle", async () => {
    const file = join(out, "taken");
    writeFileSync(file, "");
    await expect(build(workspace(), file)).rejects.toThrow("ENOTDIR");
    expect(readdirSync(out)).toEqual(["taken"]);
  });
});

describe("a service that can't be bundled is refused", () => {
  const failure = (changes: Files) =>
    build(workspace(changes), out).then(
      () => "built",
      (error: Error) => error.message,
    );

  test("when it imports a package that only its tests may use, saying where to declare it", async () => {
    const message = await failure({
      "services/hello/src/greet.ts": 'import one from "dev-only"; export const greet = () => String(one);',
    });
    expect(message).toMatch(
      /^services\/hello\/src\/greet\.ts imports node_modules\/dev-only\/index\.js, .*services\/hello\/package\.json lists under dependencies/,
    );
  });

  test("when it imports another workspace's file by path", async () => {
    expect(
      await failure({ "services/hello/src/greet.ts": 'import "../../../libs/other/index.ts"; export const greet = String;' }),
    ).toMatch(/imports libs\/other\/index\.ts, which is of no package/);
  });

  test("when its code does not parse, naming file and line", async () => {
    expect(await failure({ "services/hello/src/greet.ts": "export const greet =\n  ;" })).toMatch(
      /services\/hello\/src\/greet\.ts:2:2/,
    );
  });

  test("when it has no src/main.ts", async () => {
    const one = workspace();
    rmSync(join(one.root, "services/hello/src/main.ts"));
    await expect(build(one, out)).rejects.toThrow(/services\/hello\/src\/main\.ts does not exist. It is where a service starts/);
  });

  test("when its packages lie outside of the checkout, where another revision's code could slip in", async () => {
    const one = workspace();
    const elsewhere = join(out, "elsewhere");
    cpSync(join(one.root, "node_modules/deep"), elsewhere, { recursive: true });
    rmSync(join(one.root, "node_modules/deep"), { recursive: true });
    symlinkSync(elsewhere, join(one.root, "node_modules/deep"));
    await expect(build(one, out)).rejects.toThrow(/elsewhere\/index\.js, which is of no package/);
  });
});
