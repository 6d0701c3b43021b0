import { checkPolicies, failing, type PolicyReport, type Violation, type Waiver, waivers } from "@fairway/policies";
import type { PlannedResource } from "@fairway/resources";
import type { Platform, Scope } from "@fairway/settings";
import type { PlannedEnvironment, PlanView } from "../view.ts";

/** What policies say of an environment. */
export interface PolicyReview {
  report: PolicyReport;
  /** Not waived and not in the base; without a base, all that are not waived. */
  fresh: Violation[];
  /** Not waived, and in the base already. */
  older: Violation[];
  waived: Violation[];
  /** How many of the base's are gone. */
  mended: number;
}

interface PolicyRequest {
  platform: Platform;
  scope: Scope;
  today: string;
  after: readonly PlannedResource[];
  before: readonly PlannedResource[] | undefined;
  projects: ReadonlySet<string> | undefined;
}

/** Judges an environment by every policy; what the base breaks too is told apart from what is new. */
export function reviewPolicies({ platform, scope, today, after, before, projects }: PolicyRequest): PolicyReview {
  const check = (resources: readonly PlannedResource[]): PolicyReport => {
    const report = checkPolicies({ resources, platform, scope, waivers, today });
    return projects ? { ...report, violations: report.violations.filter(({ project }) => projects.has(project)) } : report;
  };
  const report = check(after);
  const open = report.violations.filter(({ waived }) => waived === undefined);
  const was = before && (before === after ? report : check(before)).violations.filter(({ waived }) => waived === undefined);
  const old = new Set(was?.map(keyOf));
  const now = new Set(open.map(keyOf));
  return {
    report,
    fresh: open.filter((violation) => !old.has(keyOf(violation))),
    older: open.filter((violation) => old.has(keyOf(violation))),
    waived: report.violations.filter(({ waived }) => waived !== undefined),
    mended: [...old].filter((key) => !now.has(key)).length,
  };
}

const keyOf = ({ policy, urn }: Violation) => `${policy}\n${urn}`;

/**
 * Waivers that must not pass a pull request, in words: past their day, or needed nowhere.
 *
 * @param everything whether all projects of all environments were planned; of a part, no waiver can be called needless
 */
export function judgeWaivers(environments: readonly PlannedEnvironment[], everything: boolean): NonNullable<PlanView["waivers"]> {
  const reports = environments.flatMap(({ review }) => (review ? [review.policy.report] : []));
  const whole = everything && reports.length === environments.length;
  const { expired, unused } = failing(reports, { pullRequest: true, everything: whole });
  const named = ({ policy, resource, owner }: Waiver) => `${policy} on ${resource} (${owner})`;
  return {
    expired: expired.map((waiver) => `${named(waiver)} expired on ${waiver.expires}: mend it, or agree on a later day`),
    unused: unused.map((waiver) => `${named(waiver)} is needed nowhere: remove it from infra/policies/waivers.ts`),
  };
}
