import { describe, expect, test } from "vitest";
import { countTests, summaryLine, type VitestResults } from "./report.ts";

const results = (over: Partial<VitestResults>): VitestResults => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...over,
});

describe("counting what vitest did", () => {
  test("takes passed and failed tests, and calls pending and planned ones skipped", () => {
    const file = { name: "a.test.ts", status: "failed", assertionResults: [{ status: "failed" }, { status: "passed" }] };
    expect(
      countTests(results({ numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [file] }), 1),
    ).toEqual({
      passed: 7,
      failed: 1,
      skipped: 3,
    });
  });

  test("counts a file that could not be loaded as a failure", () => {
    const file = { name: "a.test.ts", status: "failed", assertionResults: [] };
    expect(countTests(results({ numPassedTests: 7, testResults: [file] }), 1).failed).toBe(1);
  });

  test("counts an error outside any test, which only the exit code tells", () => {
    expect(countTests(results({ numPassedTests: 7 }), 1)).toEqual({ passed: 7, failed: 1, skipped: 0 });
  });

  test("counts a run that ended without results as a failure, whatever it exited with", () => {
    expect(countTests(undefined, 0).failed).toBe(1);
  });
});

describe("the summary line", () => {
  test("adds checks and tests", () => {
    const checks = { passed: 3, failed: 1, skipped: 0 };
    expect(summaryLine([checks, { passed: 40, failed: 2, skipped: 0 }])).toBe("43 passed, 3 failed");
  });

  test("names what was skipped", () => {
    expect(summaryLine([{ passed: 3, failed: 0, skipped: 1 }])).toBe("3 passed, 0 failed, 1 skipped");
  });
});
