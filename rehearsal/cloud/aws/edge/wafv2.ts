import { isMap, type PropertyMap, unknown } from "@fairway/engine";
import type { Fail, Model } from "../../models/model.ts";
import { arnOf, list, oneOf, show, text } from "../../rules/text.ts";
import { arn, lastPart, text as textOf, uuid } from "../names.ts";
import { capacityOf } from "./capacity.ts";

/** Web ACL capacity units that one web ACL may use (WAF quotas, 2026-09). */
const CAPACITY = 5000;

/** Web ACLs, what they guard and where they log. */
export const wafModels: Model[] = [
  {
    type: "aws:wafv2/webAcl:WebAcl",
    autoName: { property: "name", max: 128 },
    rules: {
      name: text({ min: 1, max: 128, pattern: /^[\w-]+$/, allowed: "letters, digits, hyphens and underscores" }),
      scope: oneOf("REGIONAL", "CLOUDFRONT"),
      defaultAction: (value) => oneKey(value, ["allow", "block"]),
    },
    validate: (inputs, fail) => checkRules(inputs, fail),
    id: (making) => uuid(making, "web acl"),
    outputs: (made) => {
      const global = made.inputs.scope === "CLOUDFRONT";
      return {
        applicationIntegrationUrl: "",
        arn: arn(made.place, "wafv2", `${global ? "global" : "regional"}/webacl/${textOf(made.inputs, "name")}/${made.id}`),
        capacity: capacityOf(made.inputs.rules),
        lockToken: uuid(made, "lock"),
      };
    },
    recomputed: {
      capacity: ["rules", "ruleJson"],
      lockToken: ["rules", "defaultAction", "description", "visibilityConfig", "ruleJson"],
    },
  },
  {
    type: "aws:wafv2/webAclAssociation:WebAclAssociation",
    rules: { webAclArn: arnOf("wafv2"), resourceArn: arnOf() },
    id: (making) => `${textOf(making.inputs, "webAclArn")},${textOf(making.inputs, "resourceArn")}`,
  },
  {
    type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    rules: {
      resourceArn: arnOf("wafv2"),
      logDestinationConfigs: list({ min: 1, max: 1 }, (value) =>
        lastPart(String(value).replace(/:\*$/, "")).startsWith("aws-waf-logs-")
          ? undefined
          : `${show(value)} can't be a destination. Its name must begin with aws-waf-logs-.`,
      ),
      redactedFields: list({ max: 100 }),
    },
    id: (making) => textOf(making.inputs, "resourceArn"),
  },
];

function checkRules({ rules }: PropertyMap, fail: Fail): void {
  if (!Array.isArray(rules)) return;
  const capacity = capacityOf(rules);
  if (capacity > CAPACITY) fail("rules", `use ${capacity} capacity units, at most ${CAPACITY} are allowed. Remove some.`);
  for (const property of ["name", "priority"] as const) {
    const values = rules.filter(isMap).map((rule) => rule[property]);
    const twice = values.find((value, index) => value !== unknown && value !== undefined && values.indexOf(value) < index);
    if (twice !== undefined) fail("rules", `two have the ${property} ${show(twice)}. Give each its own.`);
  }
  for (const [index, rule] of rules.entries()) if (isMap(rule)) checkRule(`rules[${index}]`, rule, fail);
}

function checkRule(path: string, rule: PropertyMap, fail: Fail): void {
  for (const property of ["name", "priority", "visibilityConfig"]) {
    if (rule[property] === undefined) fail(`${path}.${property}`, "is required. Set it.");
  }
  const statement = rule.statement;
  if (!isMap(statement)) return;
  const isGroup = statement.managedRuleGroupStatement !== undefined || statement.ruleGroupReferenceStatement !== undefined;
  const [needed, excluded] = isGroup ? ["overrideAction", "action"] : ["action", "overrideAction"];
  if (rule[needed!] === undefined)
    fail(`${path}.${needed}`, `is required for ${isGroup ? "a rule group" : "a rule of its own"}. Set it.`);
  if (rule[excluded!] !== undefined)
    fail(`${path}.${excluded}`, `is not for ${isGroup ? "a rule group" : "a rule of its own"}. Use ${needed}.`);
}

function oneKey(value: unknown, keys: string[]): string | undefined {
  const given = isMap(value as PropertyMap) ? keys.filter((key) => (value as PropertyMap)[key] !== undefined) : [];
  return given.length === 1 ? undefined : `exactly one of ${keys.join(", ")} is needed, ${given.length} are set.`;
}
