/** How long a version of EKS is supported. Dates are days in UTC, `2026-12-02`. */
export interface VersionSupport {
  /** From this day on a cluster is upgraded by AWS, or billed for extended support. */
  standardUntil: string;
}

/**
 * Ends of standard support, 14 months after a version came to EKS. To 1.34 from the EKS user guide, "Understand the Kubernetes
 * version lifecycle on EKS", its release calendar of 2025-10; 1.35 from endoflife.date/amazon-eks, 2026-02.
 *
 * A version that is not here is newer than the table: add its row when AWS has said the day.
 */
export const EKS_SUPPORT: Readonly<Record<string, VersionSupport>> = {
  "1.30": { standardUntil: "2025-07-23" },
  "1.31": { standardUntil: "2025-11-26" },
  "1.32": { standardUntil: "2026-03-23" },
  "1.33": { standardUntil: "2026-07-29" },
  "1.34": { standardUntil: "2026-12-02" },
  "1.35": { standardUntil: "2027-03-27" },
};

/** Days before the end in which it is said. */
const NOTICE_DAYS = 90;

const DAY_MS = 86_400_000;

/**
 * What to say about a cluster's version on a day: a warning, never a reason to refuse.
 *
 * @param version minor version, for example "1.35"
 * @param today day in UTC, `2026-11-23`; the caller's clock says it, so that a plan stays a function of the repository
 * @returns undefined as long as standard support lasts 90 days more, and for versions newer than the table
 * @throws when `today` is no day
 * @example
 * supportWarning("1.34", "2026-11-23") // "Kubernetes 1.34 leaves EKS's standard support in 9 days, on 2026-12-02. …"
 */
export function supportWarning(version: string, today: string): string | undefined {
  const now = dayNumber(today);
  const known = EKS_SUPPORT[version];
  if (!known) return isOlderThanTheTable(version) ? ended(version, "long ago") : undefined;
  const left = dayNumber(known.standardUntil) - now;
  if (left <= 0) return ended(version, `on ${known.standardUntil}`);
  if (left > NOTICE_DAYS) return undefined;
  const days = left === 1 ? "1 day" : `${left} days`;
  return (
    `Kubernetes ${version} leaves EKS's standard support in ${days}, on ${known.standardUntil}. AWS then upgrades the cluster by ` +
    `itself: before that, set kubernetes.version to ${next(version)} in platform.config.ts and run \`pulumi up\`.`
  );
}

function ended(version: string, when: string): string {
  return (
    `Kubernetes ${version} left EKS's standard support ${when}: AWS upgrades such clusters by itself. Look at the version that it has ` +
    `(aws eks describe-cluster) and set kubernetes.version to it in platform.config.ts, or to ${next(version)} if it is still this one.`
  );
}

/** Clusters go up one minor version at a time. */
function next(version: string): string {
  return `1.${minor(version) + 1}`;
}

function isOlderThanTheTable(version: string): boolean {
  return minor(version) < Math.min(...Object.keys(EKS_SUPPORT).map(minor));
}

function minor(version: string): number {
  return Number(version.split(".")[1]);
}

function dayNumber(day: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  if (Number.isNaN(time)) throw new Error(`"${day}" is not a day. Write it as in 2026-11-23.`);
  return time / DAY_MS;
}
