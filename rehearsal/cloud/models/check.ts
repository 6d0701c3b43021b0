import {
  type CheckFailure,
  type CheckRequest,
  type CheckResult,
  containsUnknown,
  isMap,
  type PropertyMap,
  type PropertyValue,
} from "@fairway/engine";
import { autoName, prefixProperty } from "./auto-name.ts";
import type { Model, TypeSchema } from "./model.ts";
import { nearMatches } from "./near.ts";
import { derivedFrom } from "./seed.ts";

/** Validates one resource's inputs, fills in defaults and chooses its name. Reports every failure, not the first. */
export function check(model: Model, schema: TypeSchema, request: CheckRequest): CheckResult {
  const failures: CheckFailure[] = [];
  const fail = (property: string, reason: string) => failures.push({ property, reason });

  const given = withoutNulls(request.newInputs);
  refuseUnknownNames(schema, given, fail);
  requireRequired(schema, given, fail);
  const inputs = { ...model.defaults, ...given };
  chooseName();
  for (const [property, rule] of Object.entries(model.rules ?? {})) {
    const value = inputs[property];
    if (value === undefined || containsUnknown(value)) continue;
    const reason = rule(value, inputs);
    if (reason) fail(property, reason);
  }
  model.validate?.(inputs, fail);
  return { inputs, failures };

  function chooseName() {
    const rule = model.autoName;
    if (!rule || inputs[rule.property] !== undefined || inputs[prefixProperty(rule)] !== undefined) return;
    try {
      inputs[rule.property] = autoName(rule, request.name, derivedFrom(request.seed), request.oldInputs);
    } catch (error) {
      fail(rule.property, (error as Error).message);
    }
  }
}

/** Refuses properties that the type does not have, naming those that were probably meant. */
export function refuseUnknownNames(
  schema: TypeSchema,
  inputs: PropertyMap,
  fail: (property: string, reason: string) => void,
): void {
  const known = new Set(schema.inputs);
  for (const name of Object.keys(inputs).sort()) {
    if (known.has(name) || name.startsWith("__")) continue;
    if (schema.outputs.includes(name)) {
      fail(name, "is an output and can't be set. Remove it.");
      continue;
    }
    const near = nearMatches(name, known);
    fail(name, `the type has no such property. ${near.length > 0 ? `Did you mean ${near.join(", ")}?` : "Remove it."}`);
  }
}

function requireRequired(schema: TypeSchema, inputs: PropertyMap, fail: (property: string, reason: string) => void): void {
  for (const name of schema.required) {
    if (inputs[name] === undefined) fail(name, "is required. Set it.");
  }
}

/** A property set to null is one that is not set. */
export function withoutNulls(map: PropertyMap): PropertyMap {
  const set = Object.entries(map).filter(([, value]) => value !== null);
  return Object.fromEntries(set.map(([key, value]) => [key, nestedWithoutNulls(value)]));
}

function nestedWithoutNulls(value: PropertyValue): PropertyValue {
  if (Array.isArray(value)) return value.map(nestedWithoutNulls);
  return isMap(value) ? withoutNulls(value) : value;
}
