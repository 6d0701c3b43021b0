import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { projectAssets } from "./assets.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairway-assets-"));
  mkdirSync(join(folder, "site", "css"), { recursive: true });
  writeFileSync(join(folder, "site", "index.html"), "<h1>");
  writeFileSync(join(folder, "site", "css", "main.css"), "h1 {}");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const site = () => projectAssets(folder).archive({ path: "site" }).hash;

describe("assets", () => {
  test("are the SHA-256 of their content, wherever it comes from", () => {
    const assets = projectAssets(folder);
    const file = join(folder, "site", "index.html");
    for (const source of [{ text: "<h1>" }, { path: "site/index.html" }, { path: file }, { uri: pathToFileURL(file).href }]) {
      expect(assets.asset(source)).toMatchObject({ kind: "asset", hash: sha256("<h1>"), source });
    }
  });

  test("with an address elsewhere are known by the address, since nothing is fetched", () => {
    const assets = projectAssets(folder);
    expect(assets.asset({ uri: "https://a/1" }).hash).toBe(projectAssets("/other").asset({ uri: "https://a/1" }).hash);
    expect(assets.asset({ uri: "https://a/1" }).hash).not.toBe(assets.asset({ uri: "https://a/2" }).hash);
  });
});

describe("archives of a folder", () => {
  test("are the same from another place and with other times", () => {
    const before = site();
    cpSync(join(folder, "site"), join(folder, "elsewhere", "site"), { recursive: true });
    utimesSync(join(folder, "elsewhere", "site", "index.html"), 1, 1);
    expect(projectAssets(join(folder, "elsewhere")).archive({ path: "site" }).hash).toBe(before);
  });

  const changes: [what: string, change: () => void][] = [
    ["a file's content", () => writeFileSync(join(folder, "site", "css", "main.css"), "h2 {}")],
    ["a new file", () => writeFileSync(join(folder, "site", "new"), "")],
    [
      "a file's name",
      () => (rmSync(join(folder, "site", "index.html")), writeFileSync(join(folder, "site", "home.html"), "<h1>")),
    ],
    [
      "what moves between files",
      () => (
        writeFileSync(join(folder, "site", "index.html"), "<h1>h1 {}"),
        writeFileSync(join(folder, "site", "css", "main.css"), "")
      ),
    ],
    ["a link to a file", () => symlinkSync("index.html", join(folder, "site", "link.html"))],
  ];
  test.each(changes)("change with %s", (_, change) => {
    const before = site();
    change();
    expect(site()).not.toBe(before);
  });

  test("leave out .pulumi and links to folders, as Pulumi does", () => {
    const before = site();
    mkdirSync(join(folder, "site", ".pulumi"));
    writeFileSync(join(folder, "site", ".pulumi", "state"), "x");
    symlinkSync("..", join(folder, "site", "circle"));
    expect(site()).toBe(before);
  });

  test("that are not there are refused, with the folder that paths are relative to", () => {
    expect(() => projectAssets(folder).archive({ path: "dist" })).toThrow(
      new RegExp(`archive "dist" can't be read: ENOENT.*Paths are relative to the project folder, ${folder}\\.`),
    );
  });
});

describe("archives of assets", () => {
  test("change with names, kinds and contents of their parts, not with their order", () => {
    const assets = projectAssets(folder);
    const [x, y] = [assets.asset({ text: "x" }), assets.asset({ text: "y" })];
    const hashes = [{ a: x, b: y }, { a: y, b: x }, { a: x }, { a: assets.archive({ assets: { a: x } }) }, {}].map(
      (parts) => assets.archive({ assets: parts as Record<string, typeof x> }).hash,
    );
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(assets.archive({ assets: { b: y, a: x } }).hash).toBe(hashes[0]);
  });
});
