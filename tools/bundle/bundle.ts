import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type BundleFile, type Contents, describeFiles, digestOf, writeContent } from "./content.ts";
import { listInputs } from "./files.ts";
import { licencesText } from "./licences.ts";
import { findWorkspaceRoot, pathInWorkspace } from "./workspace.ts";

export interface Bundle {
  /** `sha256:…`, of the files' names and contents. */
  digest: string;
  /** Absolute path of `<outFolder>/sha256-<hex>`. */
  folder: string;
  files: BundleFile[];
}

/**
 * Builds what a service's image consists of: `main.mjs` from `src/main.ts` with every package that it imports, a source map, the files of
 * `src/assets` in `assets`, and `LICENCES.txt`. Node runs it with nothing else installed.
 *
 * The bytes follow from the sources and the lockfile alone, not from where the checkout lies, so the digest can be compared.
 * `src/main.ts` finds its assets with `new URL("./assets/…", import.meta.url)`, here as in the bundle.
 *
 * @param folder the service's; absolute, or relative to the working directory
 * @throws when the code does not build, or imports a package that package.json does not list under dependencies
 * @example
 * const { digest, folder } = await bundleService({ folder: "services/catalog", outFolder: "services/catalog/dist" });
 */
export async function bundleService({ folder, outFolder }: { folder: string; outFolder: string }): Promise<Bundle> {
  const workspaceRoot = findWorkspaceRoot(folder);
  const service = pathInWorkspace(workspaceRoot, resolve(folder));

  // Only now: a plan asks for nothing but source digests, and need not wait for esbuild to load.
  const { compile } = await import("./compile.ts");
  const { code, sourceMap, packages } = await compile(workspaceRoot, service);
  const contents: Contents = new Map([
    ["main.mjs", code],
    ["main.mjs.map", sourceMap],
    ["LICENCES.txt", Buffer.from(licencesText(workspaceRoot, packages))],
    ...readAssets(join(workspaceRoot, service, "src/assets")),
  ]);

  const files = describeFiles(contents);
  const digest = digestOf(files);
  return { digest, folder: writeContent(resolve(outFolder), digest, contents), files };
}

function readAssets(folder: string): [string, Uint8Array][] {
  if (!existsSync(folder)) return [];
  return listInputs(folder).map((path) => [`assets/${path}`, readFileSync(join(folder, path))]);
}
