import { awsProvider, awsTypes } from "./aws/provider.ts";
import { awsxProvider } from "./awsx/provider.ts";
import type { Provider } from "@fairway/engine";
import { kinds } from "./kubernetes/kinds.ts";
import { kubernetesProvider } from "./kubernetes/provider.ts";
import { genericProvider } from "./models/generic.ts";

/**
 * The provider of each package, unconfigured. Pure: what a resource is follows from its inputs, its seed and the provider's
 * configuration, so one instance serves any number of runs.
 *
 * @example
 * await run({ …, providers: rehearsedCloud() });
 */
export function rehearsedCloud(): (packageName: string) => Provider {
  const providers = new Map<string, Provider>([
    ["aws", awsProvider()],
    ["awsx", awsxProvider()],
    ["kubernetes", kubernetesProvider()],
  ]);
  return (packageName) => {
    const provider = providers.get(packageName) ?? genericProvider(packageName);
    providers.set(packageName, provider);
    return provider;
  };
}

/** Tokens of the types that have a model, sorted; any other plans with the generic one. */
export function modelledTypes(): string[] {
  return [...awsTypes.keys(), ...kinds.keys()].sort();
}
