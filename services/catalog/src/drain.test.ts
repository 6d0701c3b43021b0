import type { Clock } from "@fairway/clock";
import { describe, expect, test } from "vitest";
import { drained } from "./drain.ts";
import type { Traffic } from "./http/traffic.ts";

const LIMITS = { deadlineMs: 10_000, quietMs: 1000 };

/** A clock that jumps, and traffic that is a function of its time: requests as [begin, end] in milliseconds. */
function world(requests: [number, number][]) {
  let now = 0;
  const clock: Clock = {
    now: () => now,
    wait: async (ms) => void (now += ms),
    every: () => ({ cancel: () => undefined }),
  };
  const traffic: Traffic = {
    inFlight: () => requests.filter(([begin, end]) => begin <= now && now < end).length,
    quietMs: () => now - Math.max(-60_000, ...requests.flat().filter((at) => at <= now)),
  };
  return { clock, traffic, elapsed: () => now };
}

describe("draining", () => {
  test("of an idle server still waits the quiet time, for a load balancer that has not heard yet", async () => {
    const { clock, traffic, elapsed } = world([]);
    expect(await drained(traffic, LIMITS, clock)).toBe(0);
    expect(elapsed()).toBe(1000);
  });

  test("ends the quiet time after the last request was answered", async () => {
    const { clock, traffic, elapsed } = world([
      [-500, 2000],
      [900, 1200],
    ]);
    expect(await drained(traffic, LIMITS, clock)).toBe(0);
    expect(elapsed()).toBe(3000);
  });

  test("goes on while requests come", async () => {
    const { clock, traffic, elapsed } = world([
      [800, 810],
      [1700, 1710],
      [2600, 2610],
    ]);
    expect(await drained(traffic, LIMITS, clock)).toBe(0);
    expect(elapsed()).toBe(3650); // looks every 50 ms: the first look a second after 2610
  });

  test("ends at the deadline whatever happens, and counts what is cut off", async () => {
    const { clock, traffic, elapsed } = world([
      [0, 99_999],
      [10, 99_999],
    ]);
    expect(await drained(traffic, LIMITS, clock)).toBe(2);
    expect(elapsed()).toBe(10_000);
  });

  test("with a deadline of zero ends at once", async () => {
    const { clock, traffic, elapsed } = world([[0, 99_999]]);
    expect(await drained(traffic, { ...LIMITS, deadlineMs: 0 }, clock)).toBe(1);
    expect(elapsed()).toBe(0);
  });
});
