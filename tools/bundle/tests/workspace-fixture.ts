import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Text by path; an object is written as JSON. */
export type Files = Record<string, string | object>;

/**
 * A small workspace: the service `services/hello` uses the workspace package `libs/words` and the package `left`, which itself uses `deep`
 * and tries `stray`, on which it does not depend.
 */
export function workspaceFiles(): Files {
  return {
    "package.json": { name: "fixture", private: true, workspaces: ["libs/*", "services/*"] },
    "package-lock.json": { lockfileVersion: 3, packages: lockedPackages() },

    "services/hello/package.json": {
      name: "hello",
      type: "module",
      dependencies: { words: "1.0.0", left: "1.0.0" },
      devDependencies: { "dev-only": "1.0.0" },
    },
    "services/hello/README.md": "Says hello.",
    "services/hello/service.ts": "export default {};",
    "services/hello/src/main.ts": `
      import { readFileSync } from "node:fs";
      import { greet } from "./greet.ts";
      const name = readFileSync(new URL("./assets/name.txt", import.meta.url), "utf8").trim();
      console.log(greet(name));
    `,
    "services/hello/src/greet.ts": `
      import left from "left";
      import { HELLO } from "words";
      export const greet = (name: string): string => left(HELLO + " " + name);
    `,
    "services/hello/src/greet.test.ts": "export {};",
    "services/hello/src/assets/name.txt": "world\n",

    "libs/words/package.json": { name: "words", version: "1.0.0", type: "module", exports: { ".": "./index.ts" } },
    "libs/words/index.ts": 'export const HELLO: string = "hello";',
    "libs/words/index.test.ts": "export {};",
    "libs/other/package.json": { name: "other", version: "1.0.0", type: "module" },
    "libs/other/index.ts": "export {};",

    "node_modules/left/package.json": { name: "left", version: "1.0.0", license: "MIT", dependencies: { deep: "1.0.0" } },
    "node_modules/left/index.js": `
      const { wrap } = require("deep");
      let mark = "<";
      try { mark = require("stray"); } catch {}
      module.exports = (text) => wrap(mark + text);
    `,
    "node_modules/left/LICENSE": "Left's licence.\r\n",
    "node_modules/deep/package.json": { name: "deep", version: "1.0.0", license: "ISC" },
    "node_modules/deep/index.js": 'const { EOL } = require("os"); exports.wrap = (text) => text.trim() + ">" + EOL.trim();',
    "node_modules/dev-only/package.json": { name: "dev-only", version: "1.0.0" },
    "node_modules/dev-only/index.js": "module.exports = 1;",
  };
}

export function lockedPackages(): Record<string, Record<string, unknown>> {
  return {
    "": { name: "fixture", workspaces: ["libs/*", "services/*"] },
    "services/hello": {
      name: "hello",
      dependencies: { words: "1.0.0", left: "1.0.0" },
      devDependencies: { "dev-only": "1.0.0" },
    },
    "libs/words": { name: "words", version: "1.0.0" },
    "libs/other": { name: "other", version: "1.0.0" },
    "node_modules/hello": { resolved: "services/hello", link: true },
    "node_modules/words": { resolved: "libs/words", link: true },
    "node_modules/other": { resolved: "libs/other", link: true },
    "node_modules/left": { version: "1.0.0", integrity: "sha512-left", dependencies: { deep: "1.0.0" } },
    "node_modules/deep": { version: "1.0.0", integrity: "sha512-deep" },
    "node_modules/dev-only": { version: "1.0.0", integrity: "sha512-dev", dev: true },
    "node_modules/esbuild": { version: "0.28.2", integrity: "sha512-esbuild" },
  };
}

export interface Workspace {
  root: string;
  write(files: Files): void;
  remove(): void;
}

/** Writes the fixture, with `changes` over it, to a new folder. The folder's name has `label`, so that two differ in length. */
export function makeWorkspace(changes: Files = {}, label = ""): Workspace {
  const root = mkdtempSync(join(tmpdir(), `bundle-${label}`));
  const write = (files: Files) => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
    }
  };
  write({ ...workspaceFiles(), ...changes });
  symlinkSync("../libs/words", join(root, "node_modules/words"));
  return { root, write, remove: () => rmSync(root, { recursive: true, force: true }) };
}
