import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Platform, scopeNames, SettingsError } from "@fairway/settings";
import { EXIT, Failure } from "../failure.ts";

/** The checkout that this command belongs to, whichever folder it was called from. */
export const ROOT = resolve(fileURLToPath(new URL("../../..", import.meta.url)));

/** Where a checkout keeps what it makes: states, bundles, logs. Ignored by Git. */
export const stateFolder = (root: string = ROOT) => join(root, ".fairway");

/** @throws SettingsError with every setting that can't be used */
export async function loadPlatform(): Promise<Platform> {
  const file = join(ROOT, "platform.config.ts");
  if (!existsSync(file)) throw new Failure(`${file} is missing. Restore it: it says which environments there are.`);
  try {
    return ((await import(pathToFileURL(file).href)) as { default: Platform }).default;
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    // Without its frames a stack is the place and the message.
    throw new Failure(`platform.config.ts can't be read\n\n${String((error as Error).stack).split("\n    at ")[0]}`);
  }
}

/** The named environments in promotion order, or all. @throws naming those that there are */
export function chooseEnvironments(platform: Platform, names: readonly string[]): string[] {
  return choose(Object.keys(platform.environments), names);
}

/** The named environments, with "shared" for what all of them share, or all of these. @throws naming those that there are */
export function chooseScopes(platform: Platform, names: readonly string[]): string[] {
  return choose(scopeNames(platform), names);
}

function choose(all: string[], names: readonly string[]): string[] {
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    throw new Failure(`there is no environment "${unknown.join('", "')}". platform.config.ts has ${all.join(", ")}.`, EXIT.usage);
  }
  return names.length === 0 ? all : all.filter((name) => names.includes(name));
}
