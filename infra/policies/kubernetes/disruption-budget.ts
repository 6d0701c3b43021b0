import type { Json, JsonMap } from "@fairway/resources";
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

/** Why a budget lets no pod go, or every pod at once; nothing when it does neither. */
function blocked({ maxUnavailable, minAvailable }: JsonMap, count: number): string[] {
  const budget = (what: string) => [`its PodDisruptionBudget has ${what}`];
  // Kubernetes rounds percentages up, of both.
  const most = counted(maxUnavailable, count);
  if (most === 0) return budget("maxUnavailable 0: no node could be replaced");
  if (most !== undefined && most >= count)
    return budget(`maxUnavailable ${String(maxUnavailable)} of ${count}: all may go at once`);
  const least = counted(minAvailable, count);
  if (least === 0) return budget("minAvailable 0: all may go at once");
  return least !== undefined && least >= count
    ? budget(`minAvailable ${String(minAvailable)} of ${count}: no node could be replaced`)
    : [];
}

/** A number of pods, given as such or as a share. */
function counted(value: Json | undefined, count: number): number | undefined {
  if (typeof value === "string" && value.endsWith("%")) return Math.ceil((Number.parseFloat(value) / 100) * count);
  return typeof value === "number" ? value : undefined;
}
