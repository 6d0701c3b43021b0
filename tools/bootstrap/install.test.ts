import { describe, expect, test } from "vitest";
import { outOfDate, unlocked } from "./install.mjs";

const lockfile = (packages: object) => ({
  packages: { "": { version: "0.1.0" }, "libs/clock": { version: "0.1.0" }, ...packages },
});
const zod = { version: "4.6.7", integrity: "sha512-a" };

describe("dependencies are out of date", () => {
  test("when nothing is installed, or an installation was interrupted before its end", () => {
    expect(outOfDate(lockfile({ "node_modules/zod": zod }), undefined)).toEqual(["node_modules: not installed"]);
  });

  test("when a package is missing, of another version, or of other contents", () => {
    const wanted = lockfile({
      "node_modules/zod": zod,
      "node_modules/pino": { version: "10.4.0" },
      "node_modules/nx": { version: "24.0.6", integrity: "sha512-n" },
    });
    const installed = {
      packages: {
        "node_modules/zod": { ...zod, version: "4.6.6" },
        "node_modules/nx": { version: "24.0.6", integrity: "sha512-m" },
      },
    };
    expect(outOfDate(wanted, installed)).toEqual([
      "node_modules/zod: 4.6.6, the lockfile has 4.6.7",
      "node_modules/pino: missing",
      "node_modules/nx: other contents than the lockfile's",
    ]);
  });

  test("when a new workspace package is not linked yet", () => {
    expect(outOfDate(lockfile({ "node_modules/@fairway/dora": { link: true } }), { packages: {} })).toEqual([
      "node_modules/@fairway/dora: missing",
    ]);
  });
});

describe("dependencies are up to date", () => {
  test("when all that the lockfile names is there, whatever else is", () => {
    expect(
      outOfDate(lockfile({ "node_modules/zod": zod }), {
        packages: { "node_modules/zod": zod, "node_modules/left-pad": { version: "1.0.0" } },
      }),
    ).toEqual([]);
  });

  test("without the optional packages of other platforms", () => {
    expect(
      outOfDate(lockfile({ "node_modules/@esbuild/win32-x64": { version: "0.28.2", optional: true } }), { packages: {} }),
    ).toEqual([]);
  });
});

describe("the lockfile does not have what is asked for", () => {
  const locked = { packages: { "": { devDependencies: { nx: "24.0.6" } }, "libs/clock": { dependencies: { zod: "4.6.7" } } } };

  test("when a package.json asks for another version or another package", () => {
    const manifests = {
      "": { devDependencies: { nx: "24.0.7" } },
      "libs/clock": { dependencies: { zod: "4.6.7", pino: "10.4.0" } },
    };
    expect(unlocked(locked, manifests)).toEqual([
      "package.json: nx 24.0.7, the lockfile was made for 24.0.6",
      "libs/clock/package.json: pino 10.4.0, the lockfile was made for none",
    ]);
  });

  test("not when all agree", () => {
    expect(unlocked(locked, { "": { devDependencies: { nx: "24.0.6" } } })).toEqual([]);
  });
});
