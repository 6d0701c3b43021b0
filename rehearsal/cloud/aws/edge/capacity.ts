import { isMap, type PropertyValue } from "@fairway/engine";

/** Capacity units of AWS's managed rule groups (WAF developer guide, "AWS Managed Rules rule groups list"). */
const MANAGED: Record<string, number> = {
  AWSManagedRulesAdminProtectionRuleSet: 100,
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesAnonymousIpList: 50,
  AWSManagedRulesAntiDDoSRuleSet: 50,
  AWSManagedRulesBotControlRuleSet: 50,
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesLinuxRuleSet: 200,
  AWSManagedRulesPHPRuleSet: 100,
  AWSManagedRulesSQLiRuleSet: 200,
  AWSManagedRulesUnixRuleSet: 100,
  AWSManagedRulesWindowsRuleSet: 200,
  AWSManagedRulesWordPressRuleSet: 100,
};

/** What a web ACL's rules cost, in capacity units: managed groups and rate limits as published, any other rule as one unit. */
export function capacityOf(rules: PropertyValue | undefined): number {
  if (!Array.isArray(rules)) return 0;
  return rules.reduce<number>((sum, rule) => sum + (isMap(rule) ? unitsOf(rule.statement) : 0), 0);
}

function unitsOf(statement: PropertyValue | undefined): number {
  if (!isMap(statement)) return 1;
  if (isMap(statement.managedRuleGroupStatement)) return MANAGED[String(statement.managedRuleGroupStatement.name)] ?? 100;
  if (isMap(statement.rateBasedStatement)) return 2 + (statement.rateBasedStatement.scopeDownStatement === undefined ? 0 : 1);
  return 1;
}
