import { rounded } from "./cost-of.ts";
import type { CostChange, CostDelta } from "./delta.ts";
import type { CostLine, CostReport } from "./types.ts";

/** An environment that would cost more than its budget. */
export interface OverBudget {
  budgetUsd: number;
  monthlyUsd: number;
  overUsd: number;
  /** What costs most, at most three. */
  biggest: CostLine[];
  /** The biggest increase, where the change against a base is what takes it over the budget. */
  tippedBy?: CostChange;
}

/**
 * Whether resources cost more than a budget, and what to look at.
 *
 * @param delta against a base, to name what tips it over
 * @returns undefined within the budget
 */
export function overBudget(report: CostReport, budget: { monthlyUsd: number }, delta?: CostDelta): OverBudget | undefined {
  if (report.monthlyUsd <= budget.monthlyUsd) return undefined;
  const tips = delta !== undefined && delta.beforeUsd <= budget.monthlyUsd;
  const tippedBy = tips ? delta.changes.find(({ deltaUsd }) => deltaUsd > 0) : undefined;
  return {
    budgetUsd: budget.monthlyUsd,
    monthlyUsd: report.monthlyUsd,
    overUsd: rounded(report.monthlyUsd - budget.monthlyUsd),
    biggest: report.lines.slice(0, 3),
    ...(tippedBy ? { tippedBy } : {}),
  };
}
