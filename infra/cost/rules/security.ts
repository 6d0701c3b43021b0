import { listOf, mapOf, property, type Rule } from "./rule.ts";

/** Rotation keeps old key material, which AWS bills too: the first two years' rotations, then no more. Not counted. */
export const kmsKey: Rule = (_, { usage }) => [
  { item: "KMS key", price: "kmsKey", quantity: 1 },
  {
    item: "KMS requests",
    price: "kmsTenThousand",
    quantity: usage.keyTenThousands,
    assumption: `${usage.keyTenThousands * 10_000} requests a month; kept rotations are not counted`,
  },
];

export const secret: Rule = (_, { usage }) => [
  { item: "secret", price: "secret", quantity: 1 },
  {
    item: "secret calls",
    price: "secretTenThousand",
    quantity: usage.secretTenThousands,
    assumption: `${usage.secretTenThousands * 10_000} calls a month`,
  },
];

const SECONDS_AN_HOUR = 3600;

/** A managed rule group counts as one rule; Bot Control, Fraud Control and rules of the marketplace cost more and are not counted. */
export const webAcl: Rule = (resource, { usage }) => {
  const rules = listOf(property(resource, "rules")).map(mapOf);
  const paid = rules
    .map(({ statement }) => mapOf(mapOf(statement).managedRuleGroupStatement).name)
    .filter((name) => /BotControl|ATPRuleSet|ACFPRuleSet|AntiDDoS/.test(String(name)));
  return [
    { item: "web ACL", price: "webAcl", quantity: 1 },
    { item: "web ACL rules", price: "webAclRule", quantity: rules.length },
    {
      item: "web ACL requests",
      price: "wafMillion",
      quantity: (usage.requestsPerSecond * SECONDS_AN_HOUR * usage.hours) / 1e6,
      assumption: `${usage.requestsPerSecond} requests a second`,
    },
    ...paid.map((name) => ({ unpriced: `rule group ${String(name)}` })),
  ];
};

/** Findings of access from outside are free; those of unused and internal access are billed by what they look at. */
export const accessAnalyzer: Rule = (resource) => {
  const kind = String(property(resource, "type") ?? "ACCOUNT");
  return kind === "ACCOUNT" || kind === "ORGANIZATION" ? [] : [{ unpriced: `an analyzer of type ${kind}` }];
};

export const configRecorder: Rule = (_, { usage }) => [
  {
    item: "configuration items",
    price: "configItem",
    quantity: usage.configItems,
    assumption: `${usage.configItems} changes recorded a month`,
  },
];
