import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

/** Versions that the pack needs beside it, where the CLI loads it. */
interface Manifest {
  version: string;
  dependencies: Record<string, string>;
}

/**
 * What starts the pack. Written here and not in a file: platform.config.ts is the fork's, and policies are given what they need of it.
 */
const ENTRY = `
import platform from "./platform.config.ts";
import { waivers } from "./infra/policies/waivers.ts";
import { servePack } from "./infra/policies/pack/pack.ts";
servePack(platform, waivers);
`;

/**
 * Compiles the policy pack with the settings and waivers of now into a folder of CommonJS, which is what Pulumi's CLI loads.
 *
 * Pulumi's own packages stay outside: the CLI starts the pack with theirs, and messages of two copies don't mix.
 *
 * @param root the repository's
 * @param folder where to write; below the root, so that the packages are found from it
 */
export async function buildPack(root: string, folder: string, { version, dependencies }: Manifest): Promise<void> {
  await mkdir(folder, { recursive: true });
  await build({
    absWorkingDir: root,
    stdin: { contents: ENTRY, resolveDir: root, sourcefile: "policy-pack.ts", loader: "ts" },
    outfile: join(folder, "index.js"),
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22", // the oldest that @pulumi/pulumi 3.270 runs on
    external: ["@pulumi/*", "@grpc/*", "google-protobuf"],
    charset: "utf8",
    // Else a tsconfig.json anywhere above would be an input that nobody declared.
    tsconfigRaw: { compilerOptions: { target: "ES2024", useDefineForClassFields: true, verbatimModuleSyntax: true } },
    logLevel: "warning",
  });
  const manifest = { name: "fairway-policies", version, private: true, type: "commonjs", main: "index.js", dependencies };
  await writeFile(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(join(folder, "PulumiPolicy.yaml"), PROJECT);
}

const PROJECT = `description: The rules that every resource of this platform satisfies.
runtime:
  name: nodejs
  options:
    typescript: false
main: index.js
`;
