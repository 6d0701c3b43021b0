import type { Clock } from "@fairway/clock";
import type { HealthCheck } from "../world/load-balancers.ts";

export interface Health {
  /** `initial` until the first success, or until failures reach the unhealthy threshold. */
  status: "initial" | "healthy" | "unhealthy";
  /** In a row. */
  successes: number;
  failures: number;
  /** What the last check got: `200`, `500`, `connection refused`, `no answer in 2 s`. */
  answer: string;
}

export interface CheckResult {
  ok: boolean;
  answer: string;
}

export const unchecked: Health = { status: "initial", successes: 0, failures: 0, answer: "not checked yet" };

/** A new target is healthy after its first success; after that, ALB's thresholds of checks in a row decide. */
export function nextHealth(before: Health, result: CheckResult, check: HealthCheck): Health {
  const successes = result.ok ? before.successes + 1 : 0;
  const failures = result.ok ? 0 : before.failures + 1;
  const needed = before.status === "initial" ? 1 : check.healthyThreshold;
  let status = before.status;
  if (successes >= needed) status = "healthy";
  if (failures >= check.unhealthyThreshold) status = "unhealthy";
  return { status, successes, failures, answer: result.answer };
}

/** Whether a status code is one of a matcher's: `200`, `200,202` or `200-299`. */
export function isHealthyStatus(status: number, matcher: string): boolean {
  return matcher.split(",").some((range) => {
    const [from, to] = range.split("-").map((code) => Number(code.trim()));
    return from !== undefined && status >= from && status <= (to ?? from);
  });
}

/**
 * Checks until aborted: the first time when `ready` resolves and after one interval at the latest, then every interval, from
 * start to start.
 */
export async function watchHealth(options: {
  clock: Clock;
  check: () => HealthCheck;
  probe: (check: HealthCheck) => Promise<CheckResult>;
  ready: Promise<void>;
  onResult: (health: Health) => void;
  signal: AbortSignal;
}): Promise<void> {
  const { clock, signal } = options;
  let health = unchecked;
  await Promise.race([options.ready, clock.wait(options.check().interval, signal)]);
  while (!signal.aborted) {
    const started = clock.now();
    const result = await options.probe(options.check());
    if (signal.aborted) return;
    health = nextHealth(health, result, options.check());
    options.onResult(health);
    await clock.wait(Math.max(0, started + options.check().interval - clock.now()), signal);
  }
}
