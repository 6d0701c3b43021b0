import type { Platform } from "./types.ts";

/** A runbook's name: the file in `runbooks/` without `.md`. */
const NAME = /^[a-z][a-z0-9-]*$/;

/**
 * Where a runbook can be read, for whoever an alarm wakes: on GitHub, which is up when the platform is not.
 *
 * @param name the file's in `runbooks/` without `.md`, for example "service-errors"
 */
export function runbookUrl({ repository }: Pick<Platform, "repository">, name: string): string {
  if (!NAME.test(name)) {
    throw new Error(`"${name}" is no runbook's name: lower case, digits and hyphens, as the file in runbooks/ without .md.`);
  }
  return `https://github.com/${repository.owner}/${repository.name}/blob/main/runbooks/${name}.md`;
}
