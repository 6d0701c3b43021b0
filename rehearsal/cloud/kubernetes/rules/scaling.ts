import { isMap, type PropertyMap } from "@fairway/engine";
import type { Fail } from "./names.ts";

/** Rules of a HorizontalPodAutoscaler. */
export function checkAutoscaler({ spec }: PropertyMap, fail: Fail): void {
  if (!isMap(spec)) return;
  const { minReplicas = 1, maxReplicas } = spec;
  if (typeof minReplicas === "number" && minReplicas < 1) {
    fail("spec.minReplicas", "is below 1. Scaling to zero needs a metric of its own and a feature gate: set 1 or more.");
  }
  if (typeof minReplicas === "number" && typeof maxReplicas === "number" && maxReplicas < minReplicas) {
    fail("spec.maxReplicas", `${maxReplicas} is below minReplicas, ${minReplicas}. Raise it.`);
  }
}

/** Rules of a PodDisruptionBudget. */
export function checkDisruptionBudget({ spec }: PropertyMap, fail: Fail): void {
  if (!isMap(spec)) return;
  const { minAvailable, maxUnavailable } = spec;
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    fail("spec", "has both minAvailable and maxUnavailable. Keep one: maxUnavailable follows the number of replicas.");
  }
  for (const [name, value] of Object.entries({ minAvailable, maxUnavailable })) {
    const isGood = typeof value !== "string" || /^(100|\d{1,2})%$/.test(value);
    if (!isGood) fail(`spec.${name}`, `"${String(value)}" is neither a number nor a percentage. Write 1 or "25%".`);
    if (typeof value === "number" && value < 0) fail(`spec.${name}`, `${value} is below 0. Use 0 or more.`);
  }
}
