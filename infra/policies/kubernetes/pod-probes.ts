import { map } from "../reading/values.ts";
import { eachPods } from "../reading/workloads.ts";
import type { Policy } from "../types.ts";

/** Kinds whose pods are meant to end. */
const ENDING = ["Job", "CronJob"];

export const podProbes: Policy = {
  name: "pod-probes",
  title: "A pod that stays says when it is ready and when it is stuck",
  why: "Without a readiness probe traffic goes to a pod that can't answer yet; without a liveness probe a stuck one stays for ever.",
  fix: "Give every container a readinessProbe and a livenessProbe, the second more patient than the first.",
  severity: "mandatory",
  check: (plan) =>
    eachPods(plan, ({ kind, containers }) =>
      ENDING.includes(kind)
        ? undefined
        : containers.flatMap(({ name, definition }) => {
            const missing = ["readinessProbe", "livenessProbe"].filter((probe) => !map(definition[probe]));
            return missing.length === 0 ? [] : [`container ${name}: no ${missing.join(", no ")}`];
          }),
    ),
};
