import type { ResourceState } from "../../types.ts";
import type { PropertyDiff } from "../../provider.ts";
import type { Run } from "../run.ts";
import { unwrapSecrets } from "../../properties/equal.ts";
import { packageOf, providerUrn } from "../naming/urn.ts";
import { because } from "./why.ts";

/** What another provider means for a resource: nothing, unless the package says that the change of configuration replaces. */
export interface ProviderChange {
  why: string;
  detailedDiff: Record<string, PropertyDiff>;
}

/** @returns undefined when the provider is the same, or the resource can move to the other one as it is. */
export async function replacedByProvider(
  run: Run,
  old: ResourceState,
  newReference: string,
): Promise<ProviderChange | undefined> {
  if (old.provider === newReference || old.provider === "" || newReference === "") return undefined;
  const before = run.snapshot.provider(old.provider);
  const after = run.snapshot.provider(newReference);
  if (!before || !after) return undefined;
  const provider = run.providers.ofPackage(packageOf(after.type));
  const diff = await provider.diffConfig?.({
    urn: providerUrn(newReference),
    oldInputs: unwrapSecrets(before.inputs),
    newInputs: unwrapSecrets(after.inputs),
  });
  if (!diff || diff.replaceKeys.length === 0) return undefined;
  const change = because("replace", diff.detailedDiff, diff.replaceKeys, before.inputs, after.inputs);
  return {
    why: change.replace("because ", "because its provider's "),
    detailedDiff: { provider: { kind: "update", replace: true, known: "modelled", source: "diffConfig" } },
  };
}
