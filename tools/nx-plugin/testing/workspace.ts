import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");

/**
 * A small workspace of its own with our nx.json and plugin, in which `pulumi` and `fairway` only write down how they were called.
 */
export class NxWorkspace {
  readonly folder = mkdtempSync(join(tmpdir(), "fairway-nx-"));
  readonly #calls = join(this.folder, "calls.log");

  constructor(packages: Record<string, string>, files: Record<string, string>) {
    cpSync(join(ROOT, "nx.json"), join(this.folder, "nx.json"));
    cpSync(join(ROOT, "tools/nx-plugin"), join(this.folder, "tools/nx-plugin"), {
      recursive: true,
      filter: (path) => !path.includes("node_modules"),
    });
    this.write("package.json", JSON.stringify({ name: "fork", type: "module", workspaces: Object.values(packages) }));
    this.write("package-lock.json", JSON.stringify({ name: "fork", lockfileVersion: 3, packages: {} }));
    this.write(".gitignore", "node_modules\n.nx\n*.log\n");
    for (const [file, contents] of Object.entries(files)) this.write(file, contents);
    mkdirSync(join(this.folder, "node_modules/@fairway"), { recursive: true });
    mkdirSync(join(this.folder, "node_modules/.bin"));
    for (const tool of ["nx", "@nx", "typescript"])
      symlinkSync(join(ROOT, "node_modules", tool), join(this.folder, "node_modules", tool));
    for (const [name, folder] of Object.entries(packages)) {
      this.write(
        `${folder}/package.json`,
        JSON.stringify({ name: `@fairway/${name}`, version: "0.1.0", type: "module", exports: { "./*": "./*.ts" } }),
      );
      symlinkSync(join(this.folder, folder), join(this.folder, "node_modules/@fairway", name));
    }
    for (const command of ["pulumi", "fairway"]) {
      const path = join(this.folder, "node_modules/.bin", command);
      writeFileSync(path, `#!/bin/sh\necho "$(basename "$PWD"): ${command} $*" >> "${this.#calls}"\n`);
      chmodSync(path, 0o755);
    }
    appendFileSync(this.#calls, "");
  }

  write(file: string, contents: string) {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), contents);
  }

  /** Runs Nx and returns what it said, and how `pulumi` and `fairway` were called meanwhile, as "folder: command". */
  nx(...args: string[]) {
    writeFileSync(this.#calls, "");
    const { status, output } = runNx(this.folder, args, join(this.folder, "node_modules/.bin"));
    return { status, output, calls: readFileSync(this.#calls, "utf8").split("\n").filter(Boolean) };
  }

  remove() {
    rmSync(this.folder, { recursive: true });
  }
}

/** Runs Nx in a folder, alone: no daemon, no outer Nx. */
export function runNx(cwd: string, args: readonly string[], path = "") {
  const outer = Object.entries(process.env).filter(([name]) => !name.startsWith("NX_"));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "node_modules/nx/dist/bin/nx.js"), ...args], {
    cwd,
    encoding: "utf8",
    env: {
      ...Object.fromEntries(outer),
      PATH: [path, dirname(process.execPath), process.env.PATH].filter(Boolean).join(delimiter),
      NX_DAEMON: "false",
      NX_WORKSPACE_ROOT_PATH: cwd,
      NO_COLOR: "1",
      CI: "true",
    },
  });
  return { status, output: stdout + stderr };
}
