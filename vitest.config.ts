import { defineConfig } from "vitest/config";

if (!process.version.startsWith("v24.")) {
  throw new Error(`The tests run on Node 24; this is ${process.version}. Start them with: npm test`);
}

/** Files that are built, fetched or another checkout's, never ours to test. */
const exclude = ["**/node_modules/**", "**/dist/**", ".fairway/**", ".nx/**", "bench/cdk/**"];

export default defineConfig({
  test: {
    exclude,
    // Processes, not threads: Pulumi's SDK keeps state per process, and tests start, kill and count processes of their own.
    pool: "forks",
    // Pulumi's SDKs take about a second to load in a fresh process when all cores are busy with others doing the same.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    teardownTimeout: 10_000,
    allowOnly: false,
    passWithNoTests: false,
    projects: [
      { extends: true, test: { name: "unit", include: ["**/*.test.ts"], exclude: [...exclude, "**/*.integration.test.ts"] } },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["**/*.integration.test.ts"],
          exclude,
          testTimeout: 90_000,
          hookTimeout: 90_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
