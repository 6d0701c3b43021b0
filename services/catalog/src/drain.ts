import type { Clock } from "@fairway/clock";
import type { Traffic } from "./http/traffic.ts";

export interface DrainLimits {
  /** At most this long, whatever still runs. */
  deadlineMs: number;
  /** Done when no request came or went for this long. */
  quietMs: number;
}

/**
 * Waits until a server that was told to end has nothing left to answer.
 *
 * ECS mostly takes a task out of the load balancer before it sends SIGTERM, but not always: a Spot task is told at the same moment.
 * So the port stays open and every request is still answered, until none has come for a while.
 *
 * @returns how many requests were still unanswered at the deadline
 */
export async function drained(traffic: Traffic, { deadlineMs, quietMs }: DrainLimits, clock: Clock): Promise<number> {
  const begun = clock.now();
  for (;;) {
    const waited = clock.now() - begun;
    const quiet = Math.min(traffic.quietMs(), waited);
    if (waited >= deadlineMs) return traffic.inFlight();
    if (traffic.inFlight() === 0 && quiet >= quietMs) return 0;
    await clock.wait(Math.min(50, deadlineMs - waited));
  }
}
