import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { Failure } from "../failure.ts";
import { type Program, readYaml } from "./programs.ts";

/** A stack's configuration as the Pulumi CLI would hand it to the program. */
export interface StackConfig {
  /** Keys with their namespace; objects as JSON. */
  config: Record<string, string>;
  secretKeys: string[];
}

/** Stands for a value that only the environment's key can decrypt. */
const SEALED = "sealed: decrypted only in the cloud";

/**
 * Reads a project's `Pulumi.<env>.yaml` over the defaults of its schema.
 *
 * @param overlay configuration of this run, without namespace, for example the image to run
 * @throws when the file is missing, saying how it is made
 */
export function stackConfig(
  root: string,
  program: Program,
  environment: string,
  overlay: Record<string, string> = {},
): StackConfig {
  const file = join(program.folder, `Pulumi.${environment}.yaml`);
  const shown = relative(root, file);
  if (!existsSync(file)) throw new Failure(`${shown} is missing. Write it: npx fairway config`);
  const values = { ...defaults(program.schema), ...(readYaml(file, shown).config as object | undefined), ...overlay };
  const result: StackConfig = { config: {}, secretKeys: [] };
  for (const [key, value] of Object.entries(values)) {
    const name = key.includes(":") ? key : `${program.project}:${key}`;
    const sealed = isSealed(value);
    result.config[name] = sealed ? SEALED : typeof value === "string" ? value : JSON.stringify(value);
    if (sealed) result.secretKeys.push(name);
  }
  return result;
}

function defaults(schema: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, declared]) => {
      const value =
        typeof declared === "object" && declared !== null
          ? ((declared as { default?: unknown; value?: unknown }).default ?? (declared as { value?: unknown }).value)
          : declared;
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

function isSealed(value: unknown): boolean {
  return typeof value === "object" && value !== null && typeof (value as { secure?: unknown }).secure === "string";
}
