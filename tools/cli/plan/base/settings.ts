import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Platform, scopeNames } from "@fairway/settings";
import { Failure } from "../../failure.ts";
import type { BaseCheckout } from "./checkout.ts";

/**
 * The base's own platform.config.ts: which environments it has, and where its images are, is its own affair.
 *
 * @throws naming the base
 */
export async function basePlatform({ folder, revision, commit }: BaseCheckout): Promise<Platform> {
  try {
    return ((await import(pathToFileURL(join(folder, "platform.config.ts")).href)) as { default: Platform }).default;
  } catch (error) {
    throw new Failure(
      `platform.config.ts of base ${revision} (${commit.slice(0, 7)}) can't be read\n\n${(error as Error).message}`,
    );
  }
}

/** Of the environments that are planned ("shared" is one), those that the base has; all of its own when all are planned. */
export function baseScopes(base: Platform, platform: Platform, planned: readonly string[]): string[] {
  const own = scopeNames(base);
  const all = scopeNames(platform).every((name) => planned.includes(name));
  return all ? own : own.filter((name) => planned.includes(name));
}
