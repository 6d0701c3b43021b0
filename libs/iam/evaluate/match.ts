/** Values of a request by condition key. Keys are compared without regard to case, as IAM does. */
export type Context = Record<string, string | string[]>;

/** Looks a condition key up. */
export type Lookup = (key: string) => string | string[] | undefined;

export function lookupIn(context: Context): Lookup {
  const byKey = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  return (key) => byKey.get(key.toLowerCase());
}

/**
 * Whether a text matches a pattern with `*`, `?` and variables such as `${aws:PrincipalTag/team}`.
 *
 * A variable stands for its value letter by letter: a `*` in a tag is no wildcard. One without a value matches nothing.
 *
 * @param wildcards whether `*` and `?` have a meaning; with StringEquals they have none
 */
export function matches(
  pattern: string,
  text: string,
  lookup: Lookup,
  options: { wildcards: boolean; ignoreCase?: boolean },
): boolean {
  const source = sourceOf(pattern, lookup, options.wildcards);
  return source !== undefined && new RegExp(`^${source}$`, options.ignoreCase ? "isu" : "su").test(text);
}

/** Actions match without regard to case. */
export function actionMatches(pattern: string, action: string): boolean {
  if (pattern.includes("${")) throw new Error(`action "${pattern}": IAM has no variables in actions. Write the action.`);
  return matches(pattern, action, () => undefined, { wildcards: true, ignoreCase: true });
}

/**
 * Whether a pattern under Resource takes an ARN whoever asks: its wildcards reach over colons. One with a variable takes only what is
 * somebody's, and so none.
 */
export function resourceMatches(pattern: string, arn: string): boolean {
  return !pattern.includes("${") && matches(pattern, arn, () => undefined, { wildcards: true });
}

/** ARNs are compared part by part: a wildcard of ArnLike does not reach over a colon, save in the last part. */
export function arnMatches(pattern: string, arn: string, lookup: Lookup): boolean {
  const [patterns, parts] = [sixParts(pattern), sixParts(arn)];
  return patterns.length === parts.length && patterns.every((one, at) => matches(one, parts[at]!, lookup, { wildcards: true }));
}

/** The six parts of an ARN; a colon inside `${…}` parts nothing. */
function sixParts(arn: string): string[] {
  const parts = arn.split(/:(?![^{}]*\})/);
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** A regular expression for a pattern; undefined when a variable has no value. */
function sourceOf(pattern: string, lookup: Lookup, wildcards: boolean): string | undefined {
  let source = "";
  for (const [token] of pattern.matchAll(/\$\{[^}]*\}|\*|\?|[^$*?]+|\$/g)) {
    const value = token.startsWith("${") ? valueOf(token, lookup) : token;
    if (value === undefined) return undefined;
    if (wildcards && token === "*") source += ".*";
    else if (wildcards && token === "?") source += ".";
    else source += value.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  }
  return source;
}

/** `${aws:PrincipalTag/team}`, `${aws:PrincipalTag/team, 'none'}`, and the three characters that need escaping. */
function valueOf(variable: string, lookup: Lookup): string | undefined {
  const inner = variable.slice(2, -1);
  if (inner === "*" || inner === "?" || inner === "$") return inner;
  const found = /^([\w-]+:[\w:./@+=-]+)(?:, ?'([^']*)')?$/.exec(inner);
  if (!found) throw new Error(`policy variable ${variable} is not known here. Write it as \${aws:PrincipalTag/team}.`);
  const value = lookup(found[1]!) ?? found[2];
  if (Array.isArray(value)) throw new Error(`policy variable ${variable} has several values. Use a key with one.`);
  return value;
}
