/**
 * The only way to the time. Code that decides takes a Clock; the edge passes {@link systemClock}, tests a virtual one.
 *
 * `now` and the durations of `wait` and `every` are milliseconds.
 */
export interface Clock {
  /** Milliseconds since the epoch, never running backwards. */
  now(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `action` every `ms` until cancelled. A call that is late is made once, not caught up. */
  every(ms: number, action: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

const startedAt = Date.now();
const startedMonotonic = performance.now();

/** Real time, on the monotonic clock, so that a jump of the machine's clock moves nothing. */
export const systemClock: Clock = {
  now: () => startedAt + (performance.now() - startedMonotonic),

  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timeout);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const timeout = setTimeout(done, ms);
      signal?.addEventListener("abort", done, { once: true });
    }),

  every: (ms, action) => {
    const interval = setInterval(action, ms);
    return { cancel: () => clearInterval(interval) };
  },
};
