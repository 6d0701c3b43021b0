import { manualClock } from "@fairway/clock";
import { expect, test } from "vitest";
import type { HealthCheck } from "../world/load-balancers.ts";
import { type CheckResult, type Health, isHealthyStatus, watchHealth } from "./health.ts";

const check: HealthCheck = {
  path: "/",
  interval: 5000,
  timeout: 2000,
  healthyThreshold: 3,
  unhealthyThreshold: 2,
  matcher: "200",
};
const up: CheckResult = { ok: true, answer: "200" };
const down: CheckResult = { ok: false, answer: "500" };

/** What a target's health is after each check, with the time, for these results. */
async function watched(results: CheckResult[], ready: Promise<void> = Promise.resolve()): Promise<[number, Health["status"]][]> {
  const clock = manualClock();
  const end = new AbortController();
  const seen: [number, Health["status"]][] = [];
  const left = [...results];
  void watchHealth({
    clock,
    check: () => check,
    probe: () => Promise.resolve(left.shift() ?? down),
    ready,
    onResult: (health) => {
      seen.push([clock.now(), health.status]);
      if (left.length === 0) end.abort();
    },
    signal: end.signal,
  });
  await clock.advance(check.interval * (results.length + 1));
  return seen;
}

test("a new target is healthy after its first success", async () => {
  expect(await watched([up])).toEqual([[0, "healthy"]]);
});

test("a new target that fails is still initial until failures in a row reach the threshold", async () => {
  expect(await watched([down, down])).toEqual([
    [0, "initial"],
    [5000, "unhealthy"],
  ]);
});

test("a target that became unhealthy needs as many successes in a row as the healthy threshold says", async () => {
  const seen = await watched([up, down, down, up, up, down, up, up, up]);
  expect(seen.map(([, status]) => status)).toEqual([
    "healthy",
    "healthy",
    "unhealthy",
    "unhealthy",
    "unhealthy",
    "unhealthy",
    "unhealthy",
    "unhealthy",
    "healthy",
  ]);
});

test("one failure between successes does not make a target unhealthy", async () => {
  const seen = await watched([up, down, up, down, up]);
  expect(new Set(seen.map(([, status]) => status))).toEqual(new Set(["healthy"]));
});

test("a process that does not listen is checked after one interval all the same", async () => {
  const never = new Promise<void>(() => undefined);
  expect(await watched([down, down], never)).toEqual([
    [5000, "initial"],
    [10_000, "unhealthy"],
  ]);
});

test.each([
  ["200", 200, true],
  ["200", 204, false],
  ["200,202", 202, true],
  ["200-299", 299, true],
  ["200-299", 300, false],
  ["200, 404-405", 404, true],
])("matcher %s: %i is healthy: %s", (matcher, status, healthy) => {
  expect(isHealthyStatus(status, matcher)).toBe(healthy);
});
