import { join } from "node:path";
import { ROOT } from "../bootstrap/toolchain.mjs";

/** One thing that must hold of the repository, told by a command's exit code. */
export interface Check {
  name: string;
  command: readonly string[];
  /** What to do when it fails. */
  remedy?: string;
  /** A program that is no npm package: without it the check is skipped, and says so. */
  needs?: string;
}

const bin = (name: string) => join(ROOT, "node_modules/.bin", name);
const script = (path: string) => [process.execPath, join(ROOT, path)];

/** Every check but the tests, in the order of their results. Each also runs by itself: see `scripts` in package.json. */
export const CHECKS: readonly Check[] = [
  { name: "format", command: [bin("prettier"), "--check", "--log-level=warn", "."], remedy: "npm run format" },
  { name: "lint", command: [bin("oxlint"), "--type-aware", "--deny-warnings", "."] },
  { name: "typecheck", command: [...script("node_modules/ts7/bin/tsc"), "--noEmit", "--pretty", "false", "-p", "tsconfig.json"] },
];

/**
 * The tests, told on the terminal as they run and written to `results` for counting.
 *
 * @param filters parts of paths of test files; none for all
 */
export function testCommand(results: string, filters: readonly string[]): string[] {
  return [bin("vitest"), "run", "--reporter=default", "--reporter=json", `--outputFile.json=${results}`, ...filters];
}
