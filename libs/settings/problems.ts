/** One setting that can't be used. */
export interface Problem {
  /** Where, for example `environments.production.cidr`. */
  path: string;
  /** What stands there; undefined when nothing does. */
  value: unknown;
  /** What is wrong, what is allowed, what to do. */
  message: string;
}

/** Everything that is wrong with platform.config.ts, all at once. */
export class SettingsError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(describe(problems));
    this.name = "SettingsError";
    this.problems = problems;
  }
}

function describe(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "1 setting" : `${problems.length} settings`;
  const width = Math.max(...problems.map((problem) => problem.path.length));
  const lines = problems.map(({ path, value, message }) => {
    const shown = value === undefined ? "(not set)" : JSON.stringify(value);
    return `  ${path.padEnd(width)}   ${shown}\n      ${message}`;
  });
  return `platform.config.ts: ${count} can't be used\n\n${lines.join("\n")}\n`;
}
