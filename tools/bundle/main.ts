import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundleService } from "./bundle.ts";

const USAGE = `Usage: node tools/bundle/main.ts SERVICE_FOLDER

Builds the bundle of a service into SERVICE_FOLDER/dist/sha256-… and prints its digest.

Example: node tools/bundle/main.ts services/catalog
`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const parsed = parse(args);
  if (parsed?.values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const folder = parsed?.positionals[0];
  if (folder === undefined || parsed?.positionals.length !== 1) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (!existsSync(join(folder, "package.json"))) {
    process.stderr.write(`${folder}: no package.json there. Name a service's folder, for example services/catalog.\n`);
    return 2;
  }
  try {
    const bundle = await bundleService({ folder, outFolder: join(folder, "dist") });
    const kilobytes = Math.round(bundle.files.reduce((sum, { bytes }) => sum + bytes, 0) / 1000);
    process.stderr.write(`${bundle.folder}  ${bundle.files.length} files, ${kilobytes} kB\n`);
    process.stdout.write(`${bundle.digest}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 1;
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { help: { type: "boolean", short: "h" } } });
  } catch {
    return undefined;
  }
}
