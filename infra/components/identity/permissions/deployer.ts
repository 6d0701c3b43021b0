/** Whose services a role deploys, and how they are told from others': by tag, by name, by the path of their roles. */
export interface Deployer {
  /** On everything that is made. `value` may have wildcards. */
  tag: { key: "team" | "environment"; value: string };
  /** Path below which roles are: `/acme/shopping/`. */
  path: string;
  /** Patterns that names begin with: services. */
  names: string[];
  /** Patterns of task definitions' families. */
  families: string[];
  /** Patterns of log groups. */
  logGroups: string[];
  /** `PROJECT/STACK` of states, or beginnings of them. */
  stacks: string[];
  /** Whose deployment records are written: services, or none. */
  records: string[];
}

/** The tag that a request puts on what it makes. */
export function requestTag({ key, value }: Deployer["tag"]): Record<string, string> {
  return { [`aws:RequestTag/${key}`]: value };
}

/** The tag that a resource has. */
export function resourceTag({ key, value }: Deployer["tag"]): Record<string, string> {
  return { [`aws:ResourceTag/${key}`]: value };
}
