import {
  changedKeys,
  type CheckFailure,
  type CheckResult,
  diff,
  type DiffResult,
  type PropertyMap,
  type Provider,
  unknown,
} from "@fairway/engine";
import { genericProvider } from "../models/generic.ts";

/** Kubernetes: resources are generic; the provider's configuration is what the real one takes. It connects to nothing. */
export function kubernetesProvider(): Provider {
  const generic = genericProvider("kubernetes");
  const provider: Provider = {
    ...generic,
    configure: async () => provider,
    checkConfig: async ({ newInputs }) => checkConfiguration(newInputs),
    diffConfig: async ({ oldInputs, newInputs }) => diffConfiguration(oldInputs, newInputs),
  };
  return provider;
}

function checkConfiguration(inputs: PropertyMap): CheckResult {
  const failures: CheckFailure[] = [];
  const { kubeconfig } = inputs;
  if (kubeconfig !== undefined && kubeconfig !== unknown && typeof kubeconfig !== "string") {
    failures.push({
      property: "kubeconfig",
      reason: "is not text. Pass the file's content, for example with pulumi.jsonStringify.",
    });
  }
  return { inputs, failures };
}

/** Another cluster's provider manages other resources. Of one cluster, credentials and contexts may change. */
function diffConfiguration(oldInputs: PropertyMap, newInputs: PropertyMap): DiffResult {
  const found = diff(oldInputs, newInputs).filter(({ keys }) => keys[0] !== "version");
  const keys = changedKeys(found);
  const replaceKeys = keys.filter((key) => key === "cluster" || key === "clusterIdentifier");
  const source = "pulumi-kubernetes: clusterIdentifier and cluster name the cluster";
  return {
    changedKeys: keys,
    replaceKeys,
    detailedDiff: Object.fromEntries(
      found.map(({ keys: [key], path, kind }) => [
        path,
        { kind, replace: replaceKeys.some((other) => other === key), known: "modelled", source },
      ]),
    ),
    deleteBeforeReplace: false,
    recomputed: [],
  };
}
