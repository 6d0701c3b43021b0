import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "../bootstrap/toolchain.mjs";
import { CHECKS, testCommand } from "./checks.ts";
import { countTests, summaryLine, type Tally } from "./report.ts";
import { runCheck, runStreaming } from "./run.ts";

// `npm test`: every check of the repository, then every test, then one line that counts both.
// Arguments (`npm test -- libs/settings`) choose test files, and leave the other checks out.
const filters = process.argv.slice(2);
const results = join(ROOT, ".fairway/checks/vitest.json");

const checks: Tally = { passed: 0, failed: 0, skipped: 0 };
if (filters.length === 0) {
  for (const outcome of await Promise.all(CHECKS.map((check) => runCheck(check, ROOT)))) {
    checks[outcome]++;
  }
}

mkdirSync(dirname(results), { recursive: true });
rmSync(results, { force: true });
const code = await runStreaming(testCommand(results, filters), ROOT);
const tests = countTests(readResults(), code);

console.log(`\n${summaryLine([checks, tests])}`);
process.exitCode = checks.failed + tests.failed === 0 ? 0 : 1;

function readResults() {
  try {
    return JSON.parse(readFileSync(results, "utf8"));
  } catch {
    return undefined; // vitest ended before it could write them
  }
}
