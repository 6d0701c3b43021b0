import { isMap, type PropertyMap, type PropertyValue, unknown } from "@fairway/engine";
import type { Fail, Rule } from "../../models/model.ts";
import { all, show, text } from "../../rules/text.ts";

/** Names of load balancers and target groups (Elastic Load Balancing API reference, CreateLoadBalancer). */
export const loadBalancerName: Rule = all(
  text({ min: 1, max: 32, pattern: /^[A-Za-z0-9-]*$/, allowed: "letters, digits and hyphens" }),
  text({ max: 32, pattern: /^(?!-).*(?<!-)$/, allowed: "a letter or digit at the beginning and the end" }),
);

const LAST_ACTIONS = ["forward", "redirect", "fixed-response"];
const FIRST_ACTIONS = ["authenticate-cognito", "authenticate-oidc", "jwt-validation"];
const CONTENT_TYPES = ["text/plain", "text/css", "text/html", "application/javascript", "application/json"];

/** What a listener or rule does with a request: its last action answers, those before it authenticate. */
export function checkActions(property: string, actions: PropertyValue | undefined, fail: Fail): void {
  if (!Array.isArray(actions)) return;
  if (actions.length === 0) fail(property, "is empty. Add an action, for example a forward to a target group.");
  for (const [index, action] of actions.entries()) {
    if (!isMap(action) || action.type === unknown) continue;
    const path = `${property}[${index}]`;
    const allowed = index === actions.length - 1 ? LAST_ACTIONS : FIRST_ACTIONS;
    if (!allowed.includes(action.type as string)) {
      fail(
        `${path}.type`,
        `${show(action.type ?? null)} is not allowed ${index === actions.length - 1 ? "last" : "before the last"}. Use ${allowed.join(", ")}.`,
      );
    }
    if (action.type === "forward") checkForward(path, action, fail);
    if (action.type === "redirect") checkRedirect(path, action.redirect, fail);
    if (action.type === "fixed-response") checkFixedResponse(path, action.fixedResponse, fail);
  }
}

function checkForward(path: string, action: PropertyMap, fail: Fail): void {
  if ((action.targetGroupArn === undefined) === (action.forward === undefined)) {
    fail(`${path}.targetGroupArn`, "exactly one of targetGroupArn and forward is needed for a forward. Set one.");
  }
  const groups = isMap(action.forward) ? action.forward.targetGroups : undefined;
  if (!Array.isArray(groups)) return;
  if (groups.length < 1 || groups.length > 5) {
    fail(`${path}.forward.targetGroups`, `has ${groups.length} target groups, 1 to 5 are allowed. Merge some.`);
  }
  for (const [index, group] of groups.entries()) {
    const weight = isMap(group) ? group.weight : undefined;
    if (typeof weight === "number" && !(weight >= 0 && weight <= 999)) {
      fail(`${path}.forward.targetGroups[${index}].weight`, `${weight} is out of range. Use 0 to 999.`);
    }
  }
}

function checkRedirect(path: string, redirect: PropertyValue | undefined, fail: Fail): void {
  if (redirect === unknown) return;
  if (!isMap(redirect)) return fail(`${path}.redirect`, "is required for a redirect. Set it.");
  const status = redirect.statusCode;
  if (status !== unknown && status !== "HTTP_301" && status !== "HTTP_302") {
    fail(`${path}.redirect.statusCode`, `${show(status ?? null)} is not allowed. Use HTTP_301 or HTTP_302.`);
  }
}

function checkFixedResponse(path: string, response: PropertyValue | undefined, fail: Fail): void {
  if (response === unknown) return;
  if (!isMap(response)) return fail(`${path}.fixedResponse`, "is required for a fixed response. Set it.");
  const { contentType, statusCode, messageBody } = response;
  if (contentType !== unknown && !CONTENT_TYPES.includes(contentType as string)) {
    fail(
      `${path}.fixedResponse.contentType`,
      `${show(contentType ?? null)} is not allowed. Use one of ${CONTENT_TYPES.join(", ")}.`,
    );
  }
  if (statusCode !== undefined && statusCode !== unknown && !/^[245]\d\d$/.test(String(statusCode))) {
    fail(`${path}.fixedResponse.statusCode`, `${show(statusCode)} is not allowed. Use a status 2xx, 4xx or 5xx.`);
  }
  if (typeof messageBody === "string" && messageBody.length > 1024) {
    fail(`${path}.fixedResponse.messageBody`, `has ${messageBody.length} characters, at most 1024 are allowed. Shorten it.`);
  }
}

/** Application Load Balancer quotas, 2026-09: values and wildcards over all conditions of a rule. */
const VALUES_PER_RULE = 5;
const WILDCARDS_PER_RULE = 6;

const ONCE = ["hostHeader", "httpRequestMethod", "pathPattern", "sourceIp"];
const CONDITIONS = [...ONCE, "httpHeader", "queryStrings"];

/** When a rule applies: each condition is of one kind, the first four kinds come at most once. */
export function checkConditions(conditions: PropertyValue | undefined, fail: Fail): void {
  if (!Array.isArray(conditions)) return;
  if (conditions.length === 0) fail("conditions", "is empty. Add one, for example a path pattern.");
  const values: PropertyValue[] = [];
  const kinds: string[] = [];
  for (const [index, condition] of conditions.entries()) {
    if (!isMap(condition)) continue;
    const given = CONDITIONS.filter((kind) => condition[kind] !== undefined);
    if (given.length !== 1)
      fail(`conditions[${index}]`, `exactly one of ${CONDITIONS.join(", ")} is needed, ${given.length} are set.`);
    kinds.push(...given);
    for (const kind of given) values.push(...valuesOf(condition[kind]));
  }
  for (const kind of ONCE) {
    if (kinds.filter((other) => other === kind).length > 1)
      fail("conditions", `${kind} comes twice. Put its values into one condition.`);
  }
  checkValues(values, fail);
}

function checkValues(values: PropertyValue[], fail: Fail): void {
  if (values.length > VALUES_PER_RULE) {
    fail("conditions", `has ${values.length} values, at most ${VALUES_PER_RULE} a rule are allowed. Split it into rules.`);
  }
  const texts = values.filter((value) => typeof value === "string");
  const wildcards = texts.reduce((count, value) => count + value.replace(/[^*?]/g, "").length, 0);
  if (wildcards > WILDCARDS_PER_RULE) {
    fail("conditions", `has ${wildcards} wildcards, at most ${WILDCARDS_PER_RULE} a rule are allowed. Split it into rules.`);
  }
  const long = texts.find((value) => value.length > 128);
  if (long) fail("conditions", `${show(long)} has ${long.length} characters, at most 128 are allowed. Shorten it.`);
}

function valuesOf(condition: PropertyValue | undefined): PropertyValue[] {
  if (Array.isArray(condition)) return condition;
  return isMap(condition) && Array.isArray(condition.values) ? condition.values : [];
}
