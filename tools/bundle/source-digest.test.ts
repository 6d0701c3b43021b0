import { rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { sourceDigest, sourceInputs } from "./index.ts";
import { type Files, lockedPackages, makeWorkspace, type Workspace } from "./tests/workspace-fixture.ts";

let made: Workspace[] = [];
afterEach(() => {
  for (const workspace of made) workspace.remove();
  made = [];
});

function workspace(changes?: Files, label?: string): Workspace {
  const one = makeWorkspace(changes, label);
  made.push(one);
  return one;
}

const of = ({ root }: Workspace) => ({ folder: join(root, "services/hello"), workspaceRoot: root });
const digestWith = (changes: Files) => sourceDigest(of(workspace(changes)));

/** The fixture's lockfile with some packages' fields changed. */
function locked(changes: Record<string, Record<string, unknown>>): Files {
  const packages = lockedPackages();
  for (const [path, fields] of Object.entries(changes)) packages[path] = { ...packages[path], ...fields };
  return { "package-lock.json": { lockfileVersion: 3, packages } };
}

const service = (fields: object): Files => ({
  "services/hello/package.json": {
    name: "hello",
    type: "module",
    dependencies: { words: "1.0.0", left: "1.0.0" },
    devDependencies: { "dev-only": "1.0.0" },
    ...fields,
  },
});

describe("the source digest changes with", () => {
  test.each<[string, Files]>([
    ["a source file", { "services/hello/src/greet.ts": "export const greet = String;" }],
    ["a new source file", { "services/hello/src/new.ts": "export {};" }],
    ["an asset", { "services/hello/src/assets/name.txt": "moon\n" }],
    ["the package's dependencies", service({ dependencies: { words: "1.0.0", left: "2.0.0" } })],
    ["the locked version of a dependency", locked({ "node_modules/left": { version: "1.0.1" } })],
    ["the locked content of a dependency's dependency", locked({ "node_modules/deep": { integrity: "sha512-other" } })],
    ["a workspace package that it uses", { "libs/words/index.ts": 'export const HELLO = "ahoy";' }],
    ["the dependencies of such a package", locked({ "libs/words": { dependencies: { "dev-only": "1.0.0" } } })],
    ["the bundler's version", locked({ "node_modules/esbuild": { version: "0.29.0" } })],
  ])("%s", (_what, changes) => expect(digestWith(changes)).not.toBe(digestWith({})));
});

describe("the source digest does not change with", () => {
  test.each<[string, Files]>([
    ["tests", { "services/hello/src/greet.test.ts": "export const a = 1;", "libs/words/index.test.ts": "export const a = 1;" }],
    ["prose", { "services/hello/README.md": "New.", "libs/words/README.md": "New." }],
    ["the contract", { "services/hello/service.ts": "export default { name: 1 };" }],
    ["what was built", { "services/hello/dist/sha256-1/main.mjs": "1" }],
    ["what only tests depend on", locked({ "node_modules/dev-only": { version: "2.0.0" } })],
    [
      "the package's scripts, prose and devDependencies",
      service({ description: "New.", scripts: { a: "b" }, devDependencies: {} }),
    ],
    ["a workspace package that it does not use", { "libs/other/index.ts": "export const a = 1;" }],
  ])("%s", (_what, changes) => expect(digestWith(changes)).toBe(digestWith({})));

  test("times, the place of the checkout, or whether packages are installed", () => {
    const other = workspace({}, "a-checkout-with-a-longer-name-");
    utimesSync(join(other.root, "services/hello/src/main.ts"), 1, 1);
    rmSync(join(other.root, "node_modules"), { recursive: true });
    expect(sourceDigest(of(other))).toBe(digestWith({}));
  });
});

describe("the source inputs", () => {
  test("are named, so that two digests can be explained", () => {
    expect(Object.keys(sourceInputs(of(workspace())))).toEqual([
      "bundle format",
      "esbuild",
      "libs/words/index.ts",
      "libs/words/package.json",
      "node_modules/deep",
      "node_modules/left",
      "services/hello/package.json",
      "services/hello/src/assets/name.txt",
      "services/hello/src/greet.ts",
      "services/hello/src/main.ts",
    ]);
  });

  test("of a service that the lockfile does not know are refused, saying what to do", () => {
    const packages = lockedPackages();
    delete packages["node_modules/deep"];
    const one = workspace({ "package-lock.json": { lockfileVersion: 3, packages } });
    expect(() => sourceInputs(of(one))).toThrow(
      "package-lock.json: node_modules/left depends on deep, which is not in it. Run npm install and commit package-lock.json.",
    );
  });

  test("take the copy of a package that Node would find, nearest first", () => {
    const nested = { "services/hello/node_modules/left": { version: "3.0.0", integrity: "sha512-nested" } };
    const inputs = sourceInputs(of(workspace(locked(nested))));
    expect(inputs["services/hello/node_modules/left"]).toBe("3.0.0 sha512-nested");
    expect(inputs).not.toHaveProperty("node_modules/left");
  });
});
