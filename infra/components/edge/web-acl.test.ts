import { describe, expect, test } from "vitest";
import { webAclRules } from "./web-acl.ts";

describe("the rules of a web ACL", () => {
  test("are tried in the order in which they stand, and each has a metric of its own", () => {
    const rules = webAclRules("block", 2000);
    expect(rules.map((rule) => rule.priority)).toEqual(rules.map((_, index) => index));
    const metrics = rules.map((rule) => (rule.visibilityConfig as { metricName: string }).metricName);
    expect(new Set(metrics).size).toBe(rules.length);
  });

  test("block: managed groups act as AWS wrote them, too many requests are refused", () => {
    const rules = webAclRules("block", 2000);
    expect(rules.slice(0, -1).map((rule) => rule.overrideAction)).toEqual([{ none: {} }, { none: {} }, { none: {} }]);
    expect(rules.at(-1)).toMatchObject({ action: { block: {} }, statement: { rateBasedStatement: { limit: 2000 } } });
  });

  test("only count when asked to: nothing is blocked by any rule", () => {
    expect(JSON.stringify(webAclRules("count", 2000))).not.toMatch(/block|none/);
  });

  test("let bodies over 8 KB through: uploads are honest", () => {
    const common = webAclRules("block", 2000).find((rule) => rule.name === "AWSManagedRulesCommonRuleSet");
    expect(common?.statement).toMatchObject({
      managedRuleGroupStatement: { ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }] },
    });
  });

  test.each([9, 2_000_000_001, 99.5])("refuse a rate limit of %s", (limit) => {
    expect(() => webAclRules("block", limit)).toThrow(`rate limit ${limit}: allowed are whole numbers from 10 to 2000000000`);
  });
});
