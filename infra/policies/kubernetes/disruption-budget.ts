import type { JsonMap } from "@fairway/resources";
import { podsOf } from "../reading/containers.ts";
import { map, unknown } from "../reading/values.ts";
import type { Policy } from "../types.ts";
import { namespace, replicas, REPLICATED, selects } from "./replicas.ts";

const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";

export const disruptionBudget: Policy = {
  name: "disruption-budget",
  title: "Two pods and more have a disruption budget that keeps some and lets some go",
  why: "Nodes of EKS Auto Mode are replaced at least every 21 days: without a budget all pods may go at once, with one of zero none can.",
  fix: "Add a PodDisruptionBudget that selects the pods, with maxUnavailable 1.",
  severity: "mandatory",
  check: (plan) => {
    const budgets = plan.of(BUDGET);
    return plan.each(REPLICATED, (resource) => {
      const count = replicas(plan, resource);
      const pods = podsOf(resource);
      if (!pods || count === undefined || count < 2) return undefined;
      const own = budgets.filter(
        (budget) =>
          namespace(budget) === namespace(resource) && selects(map(map(budget.inputs.spec)?.selector) ?? {}, pods.labels),
      );
      if (own.some((budget) => unknown(budget, "spec"))) return undefined;
      if (own.length === 0) return `${count} replicas, and no PodDisruptionBudget selects them`;
      return own.flatMap((budget) => blocked(map(budget.inputs.spec) ?? {}, count));
    });
  },
};

/** Why a budget would never let a pod go; nothing when it does. */
function blocked({ maxUnavailable, minAvailable }: JsonMap, count: number): string[] {
  if (maxUnavailable === 0 || maxUnavailable === "0%")
    return ["its PodDisruptionBudget has maxUnavailable 0: no node could be replaced"];
  const least = typeof minAvailable === "string" ? Math.ceil((Number.parseFloat(minAvailable) / 100) * count) : minAvailable;
  return typeof least === "number" && least >= count
    ? [`its PodDisruptionBudget has minAvailable ${String(minAvailable)} of ${count}: no node could be replaced`]
    : [];
}
