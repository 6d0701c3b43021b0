import { isMap, type PropertyMap, type PropertyPath, type PropertyValue, unknown } from "@fairway/engine";
import { nearMatches } from "../../models/near.ts";
import { show } from "../../rules/text.ts";
import { definitionName, type Schema } from "./schema.ts";
import { LISTED_VALUES } from "./values.ts";

/** One thing that is wrong: where, and what is allowed there. Never shows a value of a Secret or ConfigMap. */
export interface Finding {
  path: PropertyPath;
  reason: string;
}

/** Forms that a definition has beyond its type: what is wrong with a value, or undefined. */
export type Forms = Readonly<Record<string, (value: PropertyValue) => string | undefined>>;

/**
 * Holds an object against a schema, strictly: unknown properties, wrong types, missing properties and elements that a list may not
 * have twice. What is not known yet is taken to be good. Reports all findings, in the order of the object.
 *
 * @param forms by name of definition
 */
export function validate(
  schema: Schema,
  object: PropertyMap,
  definitions: Readonly<Record<string, Schema>>,
  forms: Forms = {},
): Finding[] {
  const found: Finding[] = [];
  visit(schema, object, [], "");
  return found;

  function visit(given: Schema, value: PropertyValue, path: PropertyPath, owner: string): void {
    if (value === unknown) return;
    if (given.$ref) {
      const name = definitionName(given.$ref);
      const definition = definitions[name];
      if (!definition) throw new Error(`a schema refers to ${name}, which there is not.`);
      const before = found.length;
      visit(definition, value, path, name);
      const reason = found.length === before && value !== null ? forms[name]?.(value) : undefined;
      if (reason) report(path, reason);
      return;
    }
    const types = typesOf(given);
    if (types.length > 0 && !types.some((type) => isOfType(type, value))) {
      report(
        path,
        `must be ${types
          .filter((type) => type !== "null")
          .map(article)
          .join(" or ")}, not ${describe(value)}.`,
      );
      return;
    }
    scalar(given, value, path);
    if (Array.isArray(value)) elements(given, value, path, owner);
    else if (isMap(value)) members(given, value, path, owner);
  }

  function members(given: Schema, map: PropertyMap, path: PropertyPath, owner: string): void {
    const { properties = {}, additionalProperties = true, required = [] } = given;
    for (const name of required) {
      // In a map null is nothing: Pulumi leaves it out.
      if ((map[name] ?? null) === null) report([...path, name], "is required. Set it.");
    }
    for (const [name, value] of Object.entries(map)) {
      const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (known) {
        visit(known, value, [...path, name], owner);
        listed(`${owner}.${name}`, value, [...path, name]);
      } else if (additionalProperties === false) report([...path, name], noSuchProperty(name, Object.keys(properties)));
      else if (additionalProperties !== true) visit(additionalProperties, value, [...path, name], owner);
    }
  }

  function elements(given: Schema, list: PropertyValue[], path: PropertyPath, owner: string): void {
    const { minItems = 0, maxItems = Infinity } = given;
    if (list.length < minItems) report(path, `has ${list.length} elements, at least ${minItems} are needed. Add some.`);
    if (list.length > maxItems) report(path, `has ${list.length} elements, at most ${maxItems} are allowed. Remove some.`);
    for (const [index, element] of list.entries()) if (given.items) visit(given.items, element, [...path, index], owner);
    refuseDuplicates(given, list, path);
  }

  /** The API server refuses them when it merges: who owns which of two elements with one key could not be told. */
  function refuseDuplicates(given: Schema, list: PropertyValue[], path: PropertyPath): void {
    const keys = given["x-kubernetes-list-type"] === "set" ? [] : given["x-kubernetes-list-map-keys"];
    if (!keys) return;
    const seen = new Map<string, number>();
    for (const [index, element] of list.entries()) {
      const key = keys.length > 0 ? identity(element, keys) : JSON.stringify(element);
      if (key === undefined || element === unknown) continue;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, index);
      else {
        const what =
          keys.length > 0 ? `the same ${keys.join(" and ")} as element ${first}` : `the same value as element ${first}`;
        report([...path, index], `has ${what}. Each may be there once: remove or rename one.`);
      }
    }
  }

  function scalar(given: Schema, value: PropertyValue, path: PropertyPath): void {
    if (given.enum && value !== null && !given.enum.includes(value as string)) report(path, oneOfThese(value, given.enum));
    if (typeof value === "string" && given.pattern && !new RegExp(given.pattern, "u").test(value)) {
      report(path, `"${value}" does not have the form ${given.pattern}.`);
    }
    if (typeof value === "number") {
      const { minimum = limit(given, -1), maximum = limit(given, 1) } = given;
      if (value < minimum || value > maximum) report(path, `${value} is out of range. Use ${minimum} to ${maximum}.`);
    }
  }

  function listed(property: string, value: PropertyValue, path: PropertyPath): void {
    const allowed = LISTED_VALUES[property];
    if (!allowed) return;
    for (const [index, each] of (Array.isArray(value) ? value : [value]).entries()) {
      if (typeof each !== "string" || allowed.includes(each)) continue;
      report(Array.isArray(value) ? [...path, index] : path, oneOfThese(each, allowed));
    }
  }

  function report(path: PropertyPath, reason: string): void {
    found.push({ path, reason });
  }
}

function typesOf(schema: Schema): readonly string[] {
  if (schema.oneOf) return schema.oneOf.flatMap(typesOf);
  if (schema.type === undefined) return [];
  return typeof schema.type === "string" ? [schema.type] : schema.type;
}

function isOfType(type: string, value: PropertyValue): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isMap(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

/** The values of an element's keys; undefined when one is not known yet. */
function identity(element: PropertyValue, keys: readonly string[]): string | undefined {
  if (!isMap(element)) return undefined;
  const values = keys.map((key) => element[key] ?? (key === "protocol" ? "TCP" : null));
  return values.includes(unknown) ? undefined : JSON.stringify(values);
}

/** Limit of an integer by its format. Beyond 2^53 a number in a program is not exact, so int64 needs no check. */
function limit({ format }: Schema, sign: 1 | -1): number {
  return format === "int32" ? (sign > 0 ? 2 ** 31 - 1 : -(2 ** 31)) : sign * Infinity;
}

function noSuchProperty(name: string, known: readonly string[]): string {
  const near = nearMatches(name, known);
  if (near.length > 0) return `there is no such property. Did you mean ${near.join(", ")}?`;
  return `there is no such property. Allowed here: ${known.toSorted().join(", ")}.`;
}

function oneOfThese(value: PropertyValue, allowed: readonly (string | number | boolean)[]): string {
  return `${show(value)} is not allowed. Use one of ${allowed.map((each) => JSON.stringify(each)).join(", ")}.`;
}

function article(type: string): string {
  return type === "object" ? "a map" : type === "array" ? "a list" : type === "integer" ? "a whole number" : `a ${type}`;
}

function describe(value: PropertyValue): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number" && !Number.isInteger(value)) return "a fraction";
  return isMap(value) || typeof value === "object" ? "a map" : `a ${typeof value}`;
}
