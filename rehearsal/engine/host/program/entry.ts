import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { UnfitProgram } from "./unfit.ts";

/** The entry of a folder by the rules of the SDK's launcher, so that runner and launcher run the same file. */
export function entryOf(folder: string): string {
  const manifest = manifestAbove(folder);
  const said = manifest && mainOf(manifest.content);
  const wanted = said === undefined ? undefined : join(manifest!.folder, said);
  const place = wanted !== undefined && existsSync(wanted) ? wanted : folder;
  if (!statSync(place).isDirectory()) return place;
  const index = ["index.js", "index.mjs", "index.ts", "index.mts"]
    .map((name) => join(place, name))
    .find((file) => existsSync(file));
  if (index) return index;
  throw new Error(`${folder} has no program: no "main" in its package.json and no index.ts`);
}

/**
 * A program's default export.
 *
 * @throws when it is not a function: a module is loaded once and run many times, so what it does while it loads would be done once.
 */
export async function loadProgram(entry: string): Promise<(args?: unknown) => unknown> {
  const exported = isEsModule(entry)
    ? fromModule((await import(pathToFileURL(entry).href)) as object)
    : createRequire(entry)(entry);
  if (typeof exported === "function") return exported as (args?: unknown) => unknown;
  throw new UnfitProgram(
    `the program must default-export a function that makes its resources: ${entry} exports ${exported === undefined ? "nothing" : "something else"}. ` +
      "Many programs share one process in a plan, where a module is loaded once and run for each environment and pass.",
  );

  function fromModule(module: { default?: unknown }): unknown {
    const names = Object.keys(module);
    if (names.includes("default") && names.length > 1) {
      const others = names.filter((name) => name !== "default");
      throw new UnfitProgram(
        `${entry} has named exports (${others.join(", ")}) beside its default export: Pulumi allows either. Move them to another module.`,
      );
    }
    return module.default;
  }
}

function isEsModule(entry: string): boolean {
  if (/\.m[jt]s$/.test(entry)) return true;
  return manifestAbove(dirname(entry))?.content.type === "module";
}

interface Manifest {
  type?: string;
  main?: string;
  exports?: string | Record<string, string | Record<string, string> | undefined>;
}

function mainOf(manifest: Manifest): string | undefined {
  if (typeof manifest.exports === "string") return manifest.exports;
  if (typeof manifest.exports !== "object") return manifest.main;
  const main = manifest.exports["."];
  return typeof main === "object" ? (main["default"] ?? main["require"] ?? main["import"]) : main;
}

function manifestAbove(folder: string): { folder: string; content: Manifest } | undefined {
  const file = join(folder, "package.json");
  if (existsSync(file)) return { folder, content: JSON.parse(readFileSync(file, "utf8")) as Manifest };
  return dirname(folder) === folder ? undefined : manifestAbove(dirname(folder));
}
