import { checkPolicies, failing, type PolicyReport, type Violation, type Waiver, waivers } from "@fairway/policies";
import type { PlannedResource } from "@fairway/resources";
import { type Platform, type Scope, scopeOf, SHARED } from "@fairway/settings";
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
  const was = before ? check(before).violations.filter(({ waived }) => waived === undefined) : [];
  const left = Map.groupBy(was, keyOf);
  // One of the base's stands for one of now's: a second privileged container is not the first one.
  const older = new Set(open.filter((violation) => left.get(keyOf(violation))?.pop() !== undefined));
  return {
    report,
    fresh: open.filter((violation) => !older.has(violation)),
    older: [...older],
    waived: report.violations.filter(({ waived }) => waived !== undefined),
    mended: [...left.values()].flat().length,
  };
}

/** What is broken where; a place in a list is none, since another entry before it moves it. */
const keyOf = ({ policy, urn, message }: Violation) => JSON.stringify([policy, urn, message.replaceAll(/\[\d+\]/g, "[]")]);

/** @throws WaiverError naming everything that is wrong with how waivers are written */
export function checkWaivers(platform: Platform, today: string): void {
  checkPolicies({ resources: [], platform, scope: scopeOf(platform, SHARED), waivers, today });
}

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
