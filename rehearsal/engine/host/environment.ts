import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * What a program sees of the caller's environment: what Node needs to run, nothing that could become an input. Regions, profiles,
 * cluster files and credentials of the caller would otherwise end up in plans, since provider SDKs read them.
 */
const ALLOWED = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot"];

/** The environment of a program process. `extra` wins. */
export function programEnvironment(extra: Record<string, string> = {}): Record<string, string> {
  const allowed = ALLOWED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  // The same time zone and language everywhere, so that what a program formats does not depend on the machine.
  return { ...Object.fromEntries(allowed), TZ: "UTC", LANG: "C.UTF-8", NODE_COMPILE_CACHE: compileCache(), ...extra };
}

/** V8's compile cache beside the dependencies, which it belongs to: importing the SDK takes 0.4 s with it, 0.65 s without. */
function compileCache(): string {
  const sdk = createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json");
  const modules = sdk.slice(0, sdk.lastIndexOf(join("node_modules", "@pulumi")) + "node_modules".length);
  const folder = join(modules, ".cache", "fairway", "compile");
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    // A read-only installation works without a cache.
  }
  return folder;
}
