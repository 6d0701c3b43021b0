import { isMap, type PropertyValue } from "@fairway/engine";
import type { Rule } from "../models/model.ts";
import { show } from "./text.ts";

/** A JSON policy document with statements, at most so many characters without white space (as IAM counts). */
export function policyDocument(max: number): Rule {
  return (value) => {
    const document = parseJson(value);
    if (document === undefined)
      return `${show(value)} is not JSON. Build it with pulumi.jsonStringify or aws.iam.getPolicyDocument.`;
    if (!isMap(document) || document.Statement === undefined) return "the policy has no Statement. Add at least one.";
    const size = JSON.stringify(document).length;
    if (size > max) return `the policy has ${size} characters without white space, at most ${max} are allowed. Split it.`;
    const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
    for (const [index, statement] of statements.entries()) {
      const reason = statementProblem(statement);
      if (reason) return `Statement[${index}]: ${reason}`;
    }
    return undefined;
  };
}

function statementProblem(statement: PropertyValue): string | undefined {
  if (!isMap(statement)) return "is not an object.";
  if (statement.Effect !== "Allow" && statement.Effect !== "Deny")
    return `Effect ${show(statement.Effect ?? null)} is not Allow or Deny.`;
  if (statement.Action === undefined && statement.NotAction === undefined) return "has neither Action nor NotAction. Add one.";
  return undefined;
}

/** JSON texts that say the same are the same, whatever their white space and order of keys. */
export function sameJson(before: PropertyValue, after: PropertyValue): boolean {
  const [a, b] = [parseJson(before), parseJson(after)];
  return a !== undefined && b !== undefined && canonical(a) === canonical(b);
}

/** JSON text, or undefined when it is none. */
export function parseJson(value: PropertyValue | undefined): PropertyValue | undefined {
  if (typeof value !== "string") return undefined;
  try {
    return JSON.parse(value) as PropertyValue;
  } catch {
    return undefined;
  }
}

function canonical(value: PropertyValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isMap(value)) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}}`;
}
