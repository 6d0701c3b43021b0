import type { Clock } from "./clock.ts";

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends Clock {
  /** Lets `ms` pass: fires what falls due on the way, in order, and lets code that waited run before the next. */
  advance(ms: number): Promise<void>;
}

/**
 * Virtual time for tests.
 *
 * @param start milliseconds since the epoch
 * @example
 * const clock = manualClock(0);
 * const waited = clock.wait(5000);
 * await clock.advance(5000); // `waited` is resolved
 */
export function manualClock(start = 0): ManualClock {
  let now = start;
  let order = 0;
  const due = new Map<object, { at: number; order: number; fire: () => void }>();

  return {
    now: () => now,

    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const key = {};
        const done = () => {
          due.delete(key);
          signal?.removeEventListener("abort", done);
          resolve();
        };
        due.set(key, { at: now + ms, order: order++, fire: done });
        signal?.addEventListener("abort", done, { once: true });
      }),

    every: (ms, action) => {
      if (!(ms > 0)) throw new Error(`every(${ms}): the interval must be over 0 ms`);
      const key = {};
      const schedule = (at: number) => {
        due.set(key, {
          at,
          order: order++,
          fire: () => {
            schedule(at + ms);
            action();
          },
        });
      };
      schedule(now + ms);
      return { cancel: () => void due.delete(key) };
    },

    async advance(ms) {
      const until = now + ms;
      await settle();
      for (;;) {
        const [next] = [...due.values()].sort((a, b) => a.at - b.at || a.order - b.order);
        if (!next || next.at > until) break;
        now = Math.max(now, next.at);
        next.fire();
        await settle();
      }
      now = until;
    },
  };
}

/** Lets everything that can run without time passing run: promise reactions, and what they start. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
