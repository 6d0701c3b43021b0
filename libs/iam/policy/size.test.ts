import fc from "fast-check";
import { expect, test } from "vitest";
import { assertFits, POLICY_LIMITS, type PolicyKind, policySize } from "../index.ts";

test("white space does not count, as IAM counts", () => {
  expect(policySize('{ "a":\n\t1 }')).toBe('{"a":1}'.length);
  expect(policySize("{}", "{ }")).toBe(4);
});

test.each(Object.entries(POLICY_LIMITS) as [PolicyKind, number][])(
  "a %s of %i characters fits, one more does not",
  (kind, limit) => {
    expect(() => assertFits(kind, "role shop", "x".repeat(limit), " \n")).not.toThrow();
    expect(() => assertFits(kind, "role shop", "x".repeat(limit), "y")).toThrow(
      `role shop: ${kind} of ${limit + 1} characters without white space, where IAM takes ${limit}.`,
    );
  },
);

test("a role's policies count together", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string()),
      (texts) => policySize(...texts) === texts.reduce((sum, text) => sum + policySize(text), 0),
    ),
  );
});
