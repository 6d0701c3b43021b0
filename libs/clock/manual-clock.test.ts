import { expect, test } from "vitest";
import { manualClock } from "./manual-clock.ts";

test("what waits goes on when its time has passed, in order of time", async () => {
  const clock = manualClock(1000);
  const seen: string[] = [];
  void clock.wait(20).then(() => seen.push(`second at ${clock.now()}`));
  void clock.wait(10).then(() => seen.push(`first at ${clock.now()}`));
  void clock.wait(31).then(() => seen.push("not yet due"));
  await clock.advance(30);
  expect(seen).toEqual(["first at 1010", "second at 1020"]);
  expect(clock.now()).toBe(1030);
});

test("waiting that begins while time passes counts from its own moment", async () => {
  const clock = manualClock();
  const seen: number[] = [];
  void (async () => {
    for (let round = 0; round < 3; round++) {
      await clock.wait(10);
      seen.push(clock.now());
    }
  })();
  await clock.advance(30);
  expect(seen).toEqual([10, 20, 30]);
});

test("a timer fires every interval until it is cancelled", async () => {
  const clock = manualClock();
  const seen: number[] = [];
  const timer = clock.every(10, () => seen.push(clock.now()));
  await clock.advance(25);
  timer.cancel();
  await clock.advance(100);
  expect(seen).toEqual([10, 20]);
});

test("an aborted wait goes on at once", async () => {
  const clock = manualClock();
  const abort = new AbortController();
  let at = -1;
  void clock.wait(1000, abort.signal).then(() => (at = clock.now()));
  abort.abort();
  await clock.advance(0);
  expect(at).toBe(0);
});
