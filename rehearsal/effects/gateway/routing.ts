import { BlockList, isIPv4, isIPv6 } from "node:net";
import type { Action, Condition, ListenerRule } from "../world/load-balancers.ts";

/** What of a request routing looks at. */
export interface RoutedRequest {
  method: string;
  /** As sent: `/path?query`. */
  url: string;
  /** Host name without its port, lower case. */
  host: string;
  headers: Record<string, string | string[] | undefined>;
  sourceIp: string;
}

/** The actions of the first rule, by priority, whose conditions all hold; else the listener's default ones. */
export function route(request: RoutedRequest, rules: readonly ListenerRule[], defaults: readonly Action[]): readonly Action[] {
  let found: ListenerRule | undefined;
  for (const rule of rules) {
    if (found && found.priority <= rule.priority) continue;
    if (rule.conditions.every((condition) => holds(condition, request))) found = rule;
  }
  return found?.actions ?? defaults;
}

/** Whether a request meets a rule's condition, as "Condition types for listener rules" of the ALB guide (2026-09) says. */
export function holds(condition: Condition, request: RoutedRequest): boolean {
  const { path, query } = split(request.url);
  switch (condition.field) {
    case "path-pattern":
      return matches(condition, path, "sensitive");
    case "host-header":
      return matches(condition, request.host, "insensitive");
    case "http-header": {
      const value = request.headers[condition.name];
      const values = Array.isArray(value) ? value : value === undefined ? [] : [value];
      return values.some((one) => matches(condition, one, "insensitive"));
    }
    case "http-request-method":
      return condition.methods.includes(request.method);
    case "query-string":
      return condition.pairs.some((pair) => query.some(([key, value]) => pairHolds(pair, key, value)));
    case "source-ip":
      return condition.ranges.some((range) => isWithin(request.sourceIp, range));
  }
}

/** The literal start of a path pattern: what of it a request can be made from. */
export function literalPrefix(pattern: string): string {
  return pattern.split(/[*?]/, 1)[0] ?? "";
}

function split(url: string): { path: string; query: [string, string][] } {
  const at = url.indexOf("?");
  if (at < 0) return { path: url, query: [] };
  return { path: url.slice(0, at), query: [...new URLSearchParams(url.slice(at + 1))] };
}

function matches(of: { patterns: string[]; regexes: string[] }, value: string, letters: "sensitive" | "insensitive"): boolean {
  const flags = letters === "insensitive" ? "i" : "";
  if (of.patterns.some((pattern) => wildcard(pattern, flags).test(value))) return true;
  return of.regexes.some((regex) => new RegExp(regex).test(value));
}

/** Compiled patterns: every request meets the same ones. */
const compiled = new Map<string, RegExp>();

function wildcard(pattern: string, flags: string): RegExp {
  const key = `${flags} ${pattern}`;
  const known = compiled.get(key);
  if (known) return known;
  const made = compile(pattern, flags);
  compiled.set(key, made);
  return made;
}

/** `*` is any run of characters, `?` exactly one; `\*`, `\?` and `\\` are themselves. */
function compile(pattern: string, flags: string): RegExp {
  const source = pattern.replace(/\\([*?\\])|[*?]|[.+^${}()|[\]\\/-]/g, (found, escaped?: string) => {
    if (escaped) return `\\${escaped}`;
    if (found === "*") return ".*";
    return found === "?" ? "." : `\\${found}`;
  });
  return new RegExp(`^${source}$`, `s${flags}`);
}

function pairHolds(pair: { key?: string; value: string }, key: string, value: string): boolean {
  return (pair.key === undefined || wildcard(pair.key, "i").test(key)) && wildcard(pair.value, "i").test(value);
}

function isWithin(address: string, range: string): boolean {
  const [network, bits] = range.split("/");
  if (!network || bits === undefined) return false;
  const family = isIPv4(network) ? "ipv4" : isIPv6(network) ? "ipv6" : undefined;
  if (!family || (family === "ipv4") !== isIPv4(address)) return false;
  const blocks = new BlockList();
  blocks.addSubnet(network, Number(bits), family);
  return blocks.check(address, family);
}
