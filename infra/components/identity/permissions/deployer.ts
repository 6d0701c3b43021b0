/** Whose services a role deploys, and how they are told from others': by tag, by name, by the path of their roles. */
export interface Deployer {
  /** Value of the tag `team` on everything that is made. */
  team: string;
  /** Path below which roles are: `/acme/dev/shopping/`. */
  path: string;
  /** What names begin with: services. */
  names: string[];
  /** Task definitions' families, or patterns of them. */
  families: string[];
  /** Log groups, or patterns of them. */
  logGroups: string[];
  /** Whose states are written, or patterns of them. */
  stacks: { project: string; stack: string }[];
  /** Whose deployment records are written: services, or none. */
  records: string[];
}

/** The tag that a request puts on what it makes. */
export function requestTag(team: string): Record<string, string> {
  return { "aws:RequestTag/team": team };
}

/** The tag that a resource has. */
export function resourceTag(team: string): Record<string, string> {
  return { "aws:ResourceTag/team": team };
}

/** A request that leaves the tag alone. */
export const KEEPS_TAG = { "ForAllValues:StringNotEquals": { "aws:TagKeys": "team" } };
