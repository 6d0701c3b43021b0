import { describe, expect, test } from "vitest";
import { conditionsHold } from "./conditions.ts";
import { type Context, lookupIn } from "./match.ts";

const holds = (operator: string, wanted: string | string[], value?: string | string[]) => {
  const context: Context = value === undefined ? {} : { "aws:SourceArn": value };
  return conditionsHold({ [operator]: { "aws:SourceArn": wanted } }, lookupIn(context), "here");
};

describe("a condition", () => {
  test.each([
    ["StringEquals", "a", "a", true],
    ["StringEquals", "a", "A", false],
    ["StringEquals", "a*", "ab", false],
    ["StringEquals", ["a", "b"], "b", true],
    ["StringNotEquals", ["a", "b"], "b", false],
    ["StringNotEquals", ["a", "b"], "c", true],
    ["StringEqualsIgnoreCase", "a", "A", true],
    ["StringLike", "repo:a/b:*", "repo:a/b:c", true],
    ["StringLike", "repo:a/b:*", "repo:a/b-evil:c", false],
    ["StringNotLike", "dev#*", "dev#shop", false],
    ["StringNotLike", "dev#*", "production#shop", true],
    ["ArnLike", "arn:aws:ecs:*:1:*", "arn:aws:ecs:eu:1:cluster/a:b", true],
    ["ArnLike", "arn:aws:ecs:*:task", "arn:aws:ecs:eu:1:x:task", false],
    ["ArnEquals", "arn:aws:ecs:*:1:*", "arn:aws:ecs:eu:1:cluster/a", true],
    ["ArnNotLike", "arn:aws:ecs:*:1:*", "arn:aws:ecs:eu:2:cluster/a", true],
    ["Bool", "false", "false", true],
    ["Bool", "true", "false", false],
    ["NumericLessThan", "1.2", "1.1", true],
    ["NumericLessThan", "1.2", "1.2", false],
    ["NumericGreaterThanEquals", "1.2", "1.2", true],
    ["Null", "true", "a", false],
    ["Null", "false", "a", true],
  ])("%s %j of %j is %s", (operator, wanted, value, expected) => {
    expect(holds(operator, wanted, value)).toBe(expected);
  });

  test.each([
    ["StringEquals", false],
    ["StringEqualsIfExists", true],
    ["StringLike", false],
    ["ArnLikeIfExists", true],
    ["StringNotEquals", true],
    ["ForAllValues:StringEquals", true],
    ["ForAnyValue:StringEquals", false],
    ["ForAnyValue:StringNotEquals", false],
  ])("%s of a key that is not in the request is %s", (operator, expected) => {
    expect(holds(operator, "arn:aws:s3:::a")).toBe(expected);
  });

  test.each([
    ["ForAllValues:StringLike", ["dev#a", "dev#b"], true],
    ["ForAllValues:StringLike", ["dev#a", "production#b"], false],
    ["ForAnyValue:StringLike", ["production#a", "dev#b"], true],
    ["ForAnyValue:StringLike", ["production#a"], false],
    ["ForAnyValue:StringNotLike", ["dev#a", "production#b"], true],
    ["ForAnyValue:StringNotLike", ["dev#a", "dev#b"], false],
    ["ForAllValues:StringNotEquals", ["dev#*", "a"], false],
    ["ForAllValues:StringNotEquals", ["a", "b"], true],
  ])("%s dev#* of %j is %s", (operator, values, expected) => {
    expect(holds(operator, "dev#*", values)).toBe(expected);
  });

  test("holds only when every operator and every key does", () => {
    const lookup = lookupIn({ "aws:SourceArn": "a", "aws:SourceAccount": "1" });
    const both = (account: string) => ({ StringEquals: { "aws:SourceArn": "a", "aws:sourceaccount": account } });
    expect(conditionsHold(both("1"), lookup, "here")).toBe(true);
    expect(conditionsHold(both("2"), lookup, "here")).toBe(false);
    expect(conditionsHold({ ...both("1"), Null: { "aws:SourceArn": "true" } }, lookup, "here")).toBe(false);
    expect(conditionsHold(undefined, lookup, "here")).toBe(true);
  });
});
