import type { Clock } from "@fairway/clock";
import { type Check, type Finding, wrong } from "./finding.ts";

/** Milliseconds that one check may take with all its calls, their repetitions, and a plan. Each call has 5 seconds of its own. */
const DEADLINE = 60_000;

/** Milliseconds without an end after which it is said what is waited for. */
const PATIENCE = 2_000;

/** Runs checks side by side, each to its end or its deadline, and gives their findings in the order of the checks. */
export async function runChecks(
  checks: readonly Check[],
  { clock, waitingFor }: { clock: Pick<Clock, "wait">; waitingFor: (names: string[]) => void },
): Promise<Finding[]> {
  const open = new Set(checks.map(({ name }) => name));
  const finished = new AbortController();
  const patience = clock.wait(PATIENCE, finished.signal).then(() => {
    if (!finished.signal.aborted) waitingFor([...open]);
  });
  const findings = await Promise.all(
    checks.map(async (check) => {
      const found = await withDeadline(check, clock);
      open.delete(check.name);
      return found;
    }),
  );
  finished.abort();
  await patience;
  return findings.flat();
}

async function withDeadline(check: Check, clock: Pick<Clock, "wait">): Promise<Finding[]> {
  const done = new AbortController();
  const late = clock
    .wait(DEADLINE, done.signal)
    .then(() => [
      wrong(
        check.name,
        `no answer within ${DEADLINE / 1000} s`,
        "Check the network and a proxy (HTTPS_PROXY), then run it again.",
      ),
    ]);
  try {
    return await Promise.race([check.run(), late]);
  } catch (error) {
    const [message = "", ...advice] = (error as Error).message.split("\n");
    return [wrong(check.name, message, advice.join(" ").trim() || undefined)];
  } finally {
    done.abort();
  }
}
