import type { PolicyDocument, Statement } from "./types.ts";

/** The only language version whose variables and operators this evaluator knows. */
const VERSION = "2012-10-17";

const ELEMENTS = new Set(["Sid", "Effect", "Principal", "Action", "NotAction", "Resource", "NotResource", "Condition"]);

/**
 * A policy document from its JSON text.
 *
 * @throws when it is no policy, or uses an element that this library does not know: what is not understood must not count as harmless
 */
export function parsePolicy(text: string, name: string): PolicyDocument {
  const policy = readJson(text, name);
  statementsOf(policy, name);
  return policy;
}

/** A policy document from its JSON text, as it stands. @throws when it is no JSON */
export function readJson(text: string, name: string): PolicyDocument {
  try {
    return JSON.parse(text) as PolicyDocument;
  } catch {
    throw new Error(`${name} is not JSON. Write it with jsonDocument.`);
  }
}

/** The statements of a policy. @throws as {@link parsePolicy} */
export function statementsOf(policy: PolicyDocument, name: string): Statement[] {
  if (policy.Version !== VERSION) {
    throw new Error(`${name}: Version ${JSON.stringify(policy.Version)} is not known here. Write "${VERSION}".`);
  }
  const statements = listOf(policy.Statement);
  for (const [index, statement] of statements.entries())
    refuseUnknown(statement, `${name}, statement ${sidOf(statement, index)}`);
  return statements;
}

/** A statement's Sid, or its number from 1. */
export function sidOf(statement: Statement, index: number): string {
  return statement.Sid ?? `#${index + 1}`;
}

/** What a policy may give as one value or as several, as several. */
export function listOf<T>(value: T | T[] | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function refuseUnknown(statement: Statement, where: string): void {
  const unknown = Object.keys(statement).filter((element) => !ELEMENTS.has(element));
  if (unknown.length > 0) throw new Error(`${where}: ${unknown.join(", ")} is not known here. Use ${[...ELEMENTS].join(", ")}.`);
  if (statement.Effect !== "Allow" && statement.Effect !== "Deny") {
    throw new Error(`${where}: Effect ${JSON.stringify(statement.Effect)} is not Allow or Deny.`);
  }
  if ((statement.Action === undefined) === (statement.NotAction === undefined)) {
    throw new Error(`${where} needs either Action or NotAction.`);
  }
  if (statement.Resource !== undefined && statement.NotResource !== undefined) {
    throw new Error(`${where} has both Resource and NotResource. Keep one.`);
  }
}
