import type { Clock } from "@fairway/clock";
import type { Traffic } from "./http/traffic.ts";

export interface DrainLimits {
  /** At most this long, whatever still runs. */
  deadlineMs: number;
  /** Done when nothing came or went for this long. */
  quietMs: number;
}

/**
 * Waits until a server that was told to end has nothing left to answer.
 *
 * The load balancer stops sending before ECS sends SIGTERM, but not always: a Spot task is told at the same moment. So the port stays
 * open and every request is still answered, until none has come for a while.
 *
 * @returns how many requests were still unanswered at the deadline
 */
export async function drained(traffic: Traffic, { deadlineMs, quietMs }: DrainLimits, clock: Clock): Promise<number> {
  const deadline = clock.now() + deadlineMs;
  while (clock.now() < deadline) {
    if (traffic.inFlight() === 0 && traffic.quietMs() >= quietMs) return 0;
    await clock.wait(Math.min(50, Math.max(1, deadline - clock.now())));
  }
  return traffic.inFlight();
}
