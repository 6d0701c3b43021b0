import type { CheckFailure, PropertyMap } from "@fairway/engine";

export type FunctionAnswer = { result: PropertyMap; failures: CheckFailure[] };

export function good(result: PropertyMap): FunctionAnswer {
  return { result, failures: [] };
}

/** @param reason what is wrong, what is allowed, what to do */
export function bad(property: string, reason: string): FunctionAnswer {
  return { result: {}, failures: [{ property, reason }] };
}
