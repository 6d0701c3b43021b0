/** How many checks or tests ended which way. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** What is used of the file that vitest's JSON reporter writes. */
export interface VitestResults {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
}

/**
 * Counts tests so that nothing that went wrong counts as nothing: a file that failed to load has no failed test in it, and
 * an error outside any test shows only in vitest's exit code. Each of these is one failure.
 *
 * @param results undefined when vitest ended without writing any
 * @param exitCode vitest's
 */
export function countTests(results: VitestResults | undefined, exitCode: number): Tally {
  if (results === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const filesThatFailedOtherwise = results.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = results.numFailedTests + filesThatFailedOtherwise;
  return {
    passed: results.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}

/** The last line of a run, in the form that build servers read: "12 passed, 0 failed", with ", 1 skipped" when there is one. */
export function summaryLine(tallies: readonly Tally[]): string {
  const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
  const skipped = sum("skipped");
  return `${sum("passed")} passed, ${sum("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
