/** Alarms that one composite alarm may name (CloudWatch user guide, "Combining alarms", 2026-09). */
const MAX_CHILDREN = 100;

const TOKEN =
  /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"((?:[^"\\]|\\.)*)"|([^()"]+?))\s*\)|(AND|OR|NOT|TRUE|FALSE)\b|([()]))/y;

/**
 * What is wrong with a composite alarm's rule, in CloudWatch's grammar: ALARM(name), OK(name), INSUFFICIENT_DATA(name), TRUE and
 * FALSE, joined by AND, OR, NOT and parentheses. A rule with AT_LEAST is not looked into.
 */
export function alarmRuleProblem(rule: string): string | undefined {
  if (rule.includes("AT_LEAST")) return undefined;
  const tokens = tokensOf(rule);
  if (typeof tokens === "string") return tokens;
  const children = tokens.filter((token) => token === "operand").length;
  if (children > MAX_CHILDREN) return `names ${children} alarms, at most ${MAX_CHILDREN} are allowed. Split it.`;
  let at = 0;
  const problem = expression() ?? (at < tokens.length ? unexpected() : undefined);
  return problem;

  function expression(): string | undefined {
    const first = term();
    if (first) return first;
    while (tokens[at] === "AND" || tokens[at] === "OR") {
      at++;
      const next = term();
      if (next) return next;
    }
    return undefined;
  }

  function term(): string | undefined {
    if (tokens[at] === "NOT") at++;
    if (tokens[at] === "operand") return void at++;
    if (tokens[at] !== "(") return unexpected();
    at++;
    const inner = expression();
    if (inner) return inner;
    if (tokens[at] !== ")") return "a parenthesis is not closed. Close it.";
    at++;
    return undefined;
  }

  function unexpected(): string {
    const found = at < tokens.length ? `"${tokens[at]}" is not expected at part ${at + 1}` : "the rule ends too early";
    return `${found}. Write it as in ALARM("a") AND NOT OK("b").`;
  }
}

function tokensOf(rule: string): string[] | string {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (rule.slice(at).trim() !== "") {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(rule);
    if (!found)
      return `can't be read from "${rule.slice(at).trim().slice(0, 40)}" on. Use ALARM(name), OK(name), AND, OR, NOT and parentheses.`;
    const word = found[4];
    tokens.push(found[1] !== undefined || word === "TRUE" || word === "FALSE" ? "operand" : (word ?? found[5]!));
    at = TOKEN.lastIndex;
  }
  return tokens;
}
