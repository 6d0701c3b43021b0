import { HEARTBEAT_MS, type Pendings } from "./program/messages.ts";
import type { Calls } from "./protocol/calls.ts";

export interface Watch {
  calls: Calls;
  /** Asks the program what it waits for; undefined when it does not answer. */
  describe: () => Promise<Pendings | undefined>;
  quietSeconds: number;
  blockedSeconds: number;
  /** Called once, with what the program waits for; undefined when its event loop does not turn. */
  onStuck: (pendings: Pendings | undefined) => void;
}

/**
 * Sees that a program is stuck: after `quietSeconds` of its heartbeats without a call to the engine, or when it has had no heartbeat for
 * `blockedSeconds` and does not answer either. Both count from its first call, and not while a call is in flight.
 *
 * Quiet time counts only while the program's event loop and ours both turn: a starved machine stops the count, and a burst of beats
 * that waited while this process was busy counts once.
 */
export function watch({ calls, describe, quietSeconds, blockedSeconds, onStuck }: Watch): { beat: () => void; stop: () => void } {
  let beaten = false;
  let asking = false;
  let [quiet, missed, made] = [0, 0, 0];
  const timer = setInterval(() => {
    const active = calls.made === 0 || calls.made !== made || calls.inFlight.length > 0;
    quiet = active ? 0 : quiet + Number(beaten);
    missed = active || beaten ? 0 : missed + 1;
    made = calls.made;
    beaten = false;
    if (!asking && (isQuiet() || missed * HEARTBEAT_MS >= blockedSeconds * 1000)) void ask();
  }, HEARTBEAT_MS);
  return {
    beat: () => {
      beaten = true;
    },
    stop: () => clearInterval(timer),
  };

  function isQuiet(): boolean {
    return quiet * HEARTBEAT_MS >= quietSeconds * 1000;
  }

  async function ask(): Promise<void> {
    asking = true;
    const before = calls.made;
    const pendings = await describe();
    asking = false;
    missed = 0;
    if (calls.made === before && (isQuiet() || !pendings)) onStuck(pendings);
  }
}
