import { isMap, type PropertyMap, type PropertyValue } from "@fairway/engine";
import { derivedFrom } from "../../models/seed.ts";
import { parseJson } from "../../rules/policy.ts";
import { bad, type FunctionAnswer, good } from "./answer.ts";

/** The JSON text of a policy that is given as statements, in the form in which the provider writes it. */
export function policyDocumentOf(args: PropertyMap): FunctionAnswer {
  const sources = [...texts(args.sourceJson), ...texts(args.sourcePolicyDocuments)];
  const overrides = [...texts(args.overrideJson), ...texts(args.overridePolicyDocuments)];
  const documents = [...sources, ...overrides].map((text) => parseJson(text));
  if (documents.some((document) => !isMap(document)))
    return bad("sourcePolicyDocuments", "holds text that is no JSON object. Mend it.");
  const own = maps(args.statements).map(statement);
  const statements = merge([...sources.flatMap(statementsOf), ...own], overrides.flatMap(statementsOf));
  const document = {
    Version: args.version ?? "2012-10-17",
    ...(typeof args.policyId === "string" && { Id: args.policyId }),
    Statement: statements,
  };
  const minifiedJson = JSON.stringify(document);
  return good({
    ...args,
    id: String(derivedFrom(minifiedJson).number("id", 4_294_967_296)),
    json: JSON.stringify(document, null, 2),
    minifiedJson,
  });
}

/** A statement of the same Sid takes the place of the earlier one. */
function merge(base: PropertyMap[], overrides: PropertyMap[]): PropertyMap[] {
  const merged = [...base];
  for (const override of overrides) {
    const at = merged.findIndex(({ Sid }) => Sid !== undefined && Sid === override.Sid);
    if (at < 0) merged.push(override);
    else merged[at] = override;
  }
  return merged;
}

function statement(given: PropertyMap): PropertyMap {
  const written: PropertyMap = {};
  if (typeof given.sid === "string" && given.sid !== "") written.Sid = given.sid;
  written.Effect = given.effect ?? "Allow";
  put("Action", given.actions);
  put("NotAction", given.notActions);
  put("Resource", given.resources);
  put("NotResource", given.notResources);
  if (maps(given.principals).length > 0) written.Principal = principals(maps(given.principals));
  if (maps(given.notPrincipals).length > 0) written.NotPrincipal = principals(maps(given.notPrincipals));
  if (maps(given.conditions).length > 0) written.Condition = conditions(maps(given.conditions));
  return written;

  function put(key: string, value: PropertyValue | undefined) {
    if (Array.isArray(value) && value.length > 0) written[key] = oneOrSorted(value);
  }
}

function principals(given: PropertyMap[]): PropertyValue {
  const [first] = given;
  const everyone = given.length === 1 && first!.type === "*" && JSON.stringify(first!.identifiers) === '["*"]';
  return everyone ? "*" : collected(given.map((principal) => [String(principal.type), principal.identifiers]));
}

function conditions(given: PropertyMap[]): PropertyMap {
  const tests = [...new Set(given.map(({ test }) => String(test)))];
  return Object.fromEntries(
    tests.map((test) => [
      test,
      collected(given.filter((condition) => condition.test === test).map(({ variable, values }) => [String(variable), values])),
    ]),
  );
}

function collected(pairs: [string, PropertyValue | undefined][]): PropertyMap {
  const byKey = new Map<string, PropertyValue[]>();
  for (const [key, values] of pairs) byKey.set(key, [...(byKey.get(key) ?? []), ...(Array.isArray(values) ? values : [])]);
  return Object.fromEntries([...byKey].map(([key, values]) => [key, oneOrSorted(values)]));
}

/** The provider writes one value bare, and several in descending order. */
function oneOrSorted(values: PropertyValue[]): PropertyValue {
  return values.length === 1 ? values[0]! : [...values].map(String).sort().reverse();
}

function statementsOf(text: string): PropertyMap[] {
  const document = parseJson(text);
  if (!isMap(document)) return [];
  return maps(Array.isArray(document.Statement) ? document.Statement : [document.Statement!]);
}

function maps(value: PropertyValue | undefined): PropertyMap[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}

function texts(value: PropertyValue | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string" && item !== "");
}
