import { existsSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { build, formatMessages, type Message, type Metafile, type Plugin } from "esbuild";
import { type Closure, dependencyClosure, readLockfile } from "./lockfile.ts";

export interface Compiled {
  code: Uint8Array;
  sourceMap: Uint8Array;
  /** Paths of the installed packages whose code is in it, for example `node_modules/zod`. */
  packages: Set<string>;
}

/** CommonJS packages `require` Node's own modules; an ES module has no `require` unless it makes one. */
const REQUIRE =
  'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);';

/**
 * One ES module from `<service>/src/main.ts`.
 *
 * The working directory is the root and the output's name is made up below the service, so that every path that esbuild writes, in
 * comments and in the source map, is the same in each checkout and for each output folder.
 */
export async function compile(workspaceRoot: string, service: string): Promise<Compiled> {
  const entry = `${service}/src/main.ts`;
  if (!existsSync(join(workspaceRoot, entry)))
    throw new Error(`${join(workspaceRoot, entry)} does not exist. It is where a service starts.`);

  const closure = dependencyClosure(readLockfile(workspaceRoot), service);
  const { outputFiles, metafile } = await build({
    absWorkingDir: workspaceRoot,
    entryPoints: [entry],
    outfile: `${service}/dist/bundle/main.mjs`,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    banner: { js: REQUIRE },
    sourcemap: "linked",
    // Line numbers suffice for a stack trace; the sources are in the repository.
    sourcesContent: false,
    legalComments: "none",
    charset: "utf8",
    // Else a tsconfig.json anywhere above would be an input that nobody declared.
    tsconfigRaw: { compilerOptions: { target: "ES2024", useDefineForClassFields: true, verbatimModuleSyntax: true } },
    plugins: [onlyDeclared(closure)],
    write: false,
    metafile: true,
    logLevel: "silent",
  }).catch(async (error: { errors?: Message[] }) => {
    if (error.errors === undefined) throw error;
    throw new Error(
      `${service} does not build:\n\n${(await formatMessages(error.errors, { kind: "error", color: false })).join("\n")}`,
    );
  });

  const packages = declaredPackages(metafile, service, closure);
  const output = (suffix: string) => outputFiles.find(({ path }) => path.endsWith(suffix))!.contents;
  return { code: output("main.mjs"), sourceMap: output("main.mjs.map"), packages };
}

/**
 * Leaves out what a package tries to `require` without depending on it, as debug does with supports-color: whether that is found
 * depends on what else happens to be installed. In the bundle it never is, and the package's own fallback runs.
 */
function onlyDeclared({ packages }: Closure): Plugin {
  const names = new Set(
    [...packages.keys()].map((path) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length)),
  );
  return {
    name: "only-declared",
    setup: ({ onResolve }) => {
      onResolve({ filter: /^[^./]/ }, ({ path, kind, importer }) => {
        const name = path.split("/", path.startsWith("@") ? 2 : 1).join("/");
        const optional = kind === "require-call" && importer.includes("node_modules") && !isBuiltin(path) && !names.has(name);
        return optional ? { path, external: true } : undefined;
      });
    },
  };
}

/**
 * The installed packages in a build.
 *
 * @throws when a file belongs to none of the packages that the service declares: `sourceDigest` would not see it change
 */
function declaredPackages(metafile: Metafile, service: string, { packages, workspaces }: Closure): Set<string> {
  const owners = [`${service}/src`, ...packages.keys(), ...workspaces].sort((a, b) => b.length - a.length);
  const used = new Set<string>();
  for (const file of Object.keys(metafile.inputs)) {
    const owner = owners.find((path) => file.startsWith(`${path}/`));
    if (owner === undefined) {
      const importer = Object.entries(metafile.inputs).find(([, { imports }]) => imports.some(({ path }) => path === file))?.[0];
      throw new Error(
        `${importer ?? service} imports ${file}, which is of no package that ${service}/package.json lists under dependencies. ` +
          `Add the package there and run npm install. (devDependencies are not part of an image.)`,
      );
    }
    if (packages.has(owner)) used.add(owner);
  }
  return used;
}
