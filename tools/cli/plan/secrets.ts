import { markSecrets } from "@fairway/engine";
import type { PlannedStep } from "@fairway/planner";

/**
 * A step of which nothing is shown that is secret on either side of its change: a password that becomes secret may be the same as when it
 * was plain, and one that is plain from now on may be the same as when it was secret.
 */
export function withoutSecrets<S extends Pick<PlannedStep, "oldInputs" | "newInputs">>(step: S): S {
  const { oldInputs, newInputs } = step;
  if (!oldInputs || !newInputs) return step;
  return { ...step, oldInputs: markSecrets(oldInputs, newInputs), newInputs: markSecrets(newInputs, oldInputs) };
}
