import type { Json } from "../properties/encoding/json.ts";
import { Asset, type PropertyMap, type PropertyValue, ResourceReference, Secret, Unknown } from "../properties/value.ts";
import type { Step } from "../types.ts";

/** A step as `plan --json` prints it; `plan-schema.json` describes it. */
export type StepJson = { [key: string]: Json };

/**
 * A step as JSON: the same bytes for the same step, keys in a fixed order, properties sorted.
 *
 * A secret prints as `[secret]` and an unknown as `[unknown]`: never a value, never a digest of one.
 */
export function stepToJson(step: Step): StepJson {
  return {
    op: step.op,
    urn: step.urn,
    type: step.type,
    name: step.name,
    provider: step.provider,
    known: step.known,
    ...(step.guarded ? { guarded: step.guarded } : {}),
    why: step.why,
    replaceKeys: step.replaceKeys.toSorted(),
    detailedDiff: Object.fromEntries(
      Object.keys(step.detailedDiff)
        .toSorted()
        .map((path) => {
          const { kind, replace, known, source } = step.detailedDiff[path]!;
          return [path, { kind, replace, known, ...(source ? { source } : {}) }];
        }),
    ),
    ...(step.oldInputs ? { oldInputs: mapToJson(step.oldInputs) } : {}),
    ...(step.newInputs ? { newInputs: mapToJson(step.newInputs) } : {}),
  };
}

/** Steps as `plan --json` lists them: sorted by URN, in the order decided where one resource has several. */
export function stepsToJson(steps: readonly Step[]): StepJson[] {
  return steps.toSorted((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0)).map(stepToJson);
}

function mapToJson(map: PropertyMap): { [key: string]: Json } {
  // Through entries, so that a property named __proto__ stays a property.
  return Object.fromEntries(
    Object.keys(map)
      .toSorted()
      .map((key) => [key, valueToJson(map[key]!)]),
  );
}

function valueToJson(value: PropertyValue): Json {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(valueToJson);
  if (value instanceof Secret) return "[secret]";
  if (value instanceof Unknown) return "[unknown]";
  if (value instanceof ResourceReference) return { resource: value.urn };
  if (value instanceof Asset) return { [value.kind]: value.hash };
  return mapToJson(value);
}
