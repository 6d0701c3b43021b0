import type { Operation, ResourceState, Step } from "../../types.ts";
import type { Run } from "../run.ts";
import { diff } from "../../properties/diff.ts";
import type { PropertyDiff } from "../../provider.ts";
import type { PropertyMap } from "../../properties/value.ts";
import { isProviderType } from "../naming/urn.ts";
import { weakest } from "./difference.ts";
import { markSecrets } from "./secrets.ts";

/** One step as plain data; what is not given is empty. */
export function stepOf(run: Run, op: Operation, resource: ResourceState, details: Partial<Step>): Step {
  const assumed = run.providers.describe(resource).model === "generic" ? "assumed" : "modelled";
  const detailedDiff = details.detailedDiff ?? {};
  return {
    op,
    urn: resource.urn,
    type: resource.type,
    name: resource.name,
    replaceKeys: [],
    detailedDiff,
    why: "",
    known: weakest(Object.values(detailedDiff), assumed),
    provider: isProviderType(resource.type),
    ...details,
    // What is secret now is not told as it was when it was plain: it may be the same.
    ...(details.oldInputs && details.newInputs && { oldInputs: markSecrets(details.oldInputs, details.newInputs) }),
  };
}

/** What changed in a component: nobody but the program knows anything of it, so nothing replaces. */
export function componentChanges(before: PropertyMap, after: PropertyMap): Record<string, PropertyDiff> {
  return Object.fromEntries(
    diff(before, after).map(({ path, kind }) => [path, { kind, replace: false, known: "modelled" as const }]),
  );
}
