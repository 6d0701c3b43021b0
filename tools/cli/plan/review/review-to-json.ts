import type { Violation } from "@fairway/policies";
import type { EnvironmentReview } from "./review.ts";

/**
 * A review as `plan --json` prints it. No date goes in: whether a waiver has expired is judged only for a pull request, and a plan is
 * the same bytes whenever it is made.
 */
export function reviewToJson({ protection, policy, access, cost }: EnvironmentReview): unknown {
  return {
    ...(protection.length > 0 ? { protection: protection.map(({ urn, options }) => ({ urn, options })) } : {}),
    policy: {
      new: policy.fresh.map(violationToJson),
      older: policy.older.map(violationToJson),
      waived: policy.waived.map(violationToJson),
      mended: policy.mended,
    },
    access: access.changes ? { changes: access.changes } : { grants: access.grants },
    cost: {
      prices: cost.prices,
      region: cost.region,
      monthlyUsd: cost.report.monthlyUsd,
      ...(cost.delta ? { deltaUsd: cost.delta.deltaUsd, changes: cost.delta.changes } : {}),
      ...(cost.over ? { overBudget: cost.over } : {}),
      byService: cost.report.byService,
      byTeam: cost.report.byTeam,
      lines: cost.report.lines,
      unpriced: cost.report.unpriced,
    },
  };
}

function violationToJson({ policy, severity, urn, message, known, waived }: Violation) {
  return { policy, severity, urn, message, known, ...(waived ? { waived } : {}) };
}
