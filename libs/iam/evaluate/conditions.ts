import { listOf } from "../policy/read.ts";
import type { Condition } from "../policy/types.ts";
import { arnMatches, type Lookup, matches } from "./match.ts";

type Test = (wanted: string, value: string, lookup: Lookup) => boolean;

/** An operator: how one value is compared, and whether it asks that none is equal. */
interface Operator {
  test: Test;
  negated?: boolean;
}

const equal: Test = (wanted, value, lookup) => matches(wanted, value, lookup, { wildcards: false });
const like: Test = (wanted, value, lookup) => matches(wanted, value, lookup, { wildcards: true });
const equalInAnyCase: Test = (wanted, value, lookup) => matches(wanted, value, lookup, { wildcards: false, ignoreCase: true });
const numbers =
  (compare: (value: number, wanted: number) => boolean): Test =>
  (wanted, value) =>
    compare(numberOf(value), numberOf(wanted));

/** The operators that our policies use. Any other throws. */
const OPERATORS: Record<string, Operator> = {
  StringEquals: { test: equal },
  StringNotEquals: { test: equal, negated: true },
  StringEqualsIgnoreCase: { test: equalInAnyCase },
  StringNotEqualsIgnoreCase: { test: equalInAnyCase, negated: true },
  StringLike: { test: like },
  StringNotLike: { test: like, negated: true },
  // ArnEquals and ArnLike behave the same (IAM user guide, "ARN condition operators").
  ArnEquals: { test: arnMatches },
  ArnLike: { test: arnMatches },
  ArnNotEquals: { test: arnMatches, negated: true },
  ArnNotLike: { test: arnMatches, negated: true },
  Bool: { test: (wanted, value) => booleanOf(wanted) === booleanOf(value) },
  NumericEquals: { test: numbers((value, wanted) => value === wanted) },
  NumericNotEquals: { test: numbers((value, wanted) => value === wanted), negated: true },
  NumericLessThan: { test: numbers((value, wanted) => value < wanted) },
  NumericLessThanEquals: { test: numbers((value, wanted) => value <= wanted) },
  NumericGreaterThan: { test: numbers((value, wanted) => value > wanted) },
  NumericGreaterThanEquals: { test: numbers((value, wanted) => value >= wanted) },
};

/** A key with its service: `aws:ResourceTag/team`, `s3:prefix`, `token.actions.githubusercontent.com:sub`. */
const KEY = /^[a-z][a-z0-9.-]*:[A-Za-z][\w:./@+=-]*$/;

/** Whether all conditions of a statement hold. @throws on an operator or a form of key that is not known */
export function conditionsHold(condition: Condition | undefined, lookup: Lookup, where: string): boolean {
  // Every operator is looked at, so that what is not known throws whatever the others say.
  const held = Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => holds(operator, key, listOf(wanted).map(String), lookup, where)),
  );
  return held.every(Boolean);
}

function holds(written: string, key: string, wanted: string[], lookup: Lookup, where: string): boolean {
  const here = `${where}: condition ${written} on ${key}`;
  if (!KEY.test(key)) throw new Error(`${here}: a key of this form is not known here.`);
  const value = lookup(key);
  if (written === "Null") return wanted.some((each) => booleanOf(each) === (value === undefined));

  const found = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(written);
  const operator = found && Object.hasOwn(OPERATORS, found[2]!) ? OPERATORS[found[2]!] : undefined;
  if (!found || !operator) {
    throw new Error(`${here}: the operator is not known here. Known are ${Object.keys(OPERATORS).join(", ")}, Null.`);
  }
  const [, set, , ifExists] = found;
  if (value === undefined) return ifExists !== undefined || set === "ForAllValues" || (operator.negated === true && !set);
  if (Array.isArray(value) && !set) throw new Error(`${here}: the key has several values. Say ForAllValues: or ForAnyValue:.`);

  const one = (each: string) => wanted.some((pattern) => operator.test(pattern, each, lookup)) !== (operator.negated === true);
  const values = listOf(value);
  return set === "ForAllValues" ? values.every(one) : values.some(one);
}

function booleanOf(text: string): boolean {
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  throw new Error(`"${text}" is not true or false.`);
}

function numberOf(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || Number.isNaN(number)) throw new Error(`"${text}" is not a number.`);
  return number;
}
