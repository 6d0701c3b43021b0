import type { PolicyReport, Violation, Waiver } from "../types.ts";

/** In what situation policies are asked. */
export interface Situation {
  /**
   * Whether a change is under review. Waivers that have expired or that nothing needs fail a review, and nothing else: the release
   * or rollback that happens to run on that day must not.
   */
  pullRequest: boolean;
  /** Whether the reports cover every project of every environment. Of a part, no waiver can be called unused. @default true */
  everything?: boolean;
}

/** What must not pass. */
export interface Failures {
  /** Of mandatory policies, and not waived. */
  violations: Violation[];
  expired: Waiver[];
  /** Needed in none of the environments. */
  unused: Waiver[];
}

/** What of some environments' reports is fatal in a situation. */
export function failing(reports: readonly PolicyReport[], { pullRequest, everything = true }: Situation): Failures {
  const [first, ...others] = reports;
  const unused = first?.waivers.unused.filter((waiver) => others.every(({ waivers }) => waivers.unused.includes(waiver))) ?? [];
  return {
    violations: reports.flatMap(({ violations }) =>
      violations.filter(({ severity, waived }) => severity === "mandatory" && waived === undefined),
    ),
    expired: pullRequest ? [...new Set(reports.flatMap(({ waivers }) => waivers.expired))] : [],
    unused: pullRequest && everything ? unused : [],
  };
}

/** Whether anything is fatal. */
export function anyFailing({ violations, expired, unused }: Failures): boolean {
  return violations.length + expired.length + unused.length > 0;
}
