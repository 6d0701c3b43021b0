import {
  changedKeys,
  type CheckFailure,
  type CheckResult,
  diff,
  type DiffResult,
  isMap,
  type PropertyMap,
  type PropertyValue,
  unknown,
} from "@fairway/engine";
import { nearMatches } from "../models/near.ts";

/** What of a provider's configuration changes what its objects are. */
export interface Configuration {
  /** Of objects that name none. */
  namespace: string;
  /** Whether changed data is written into a ConfigMap or Secret, instead of into a new one. */
  mutable: { ConfigMap: boolean; Secret: boolean };
}

export const DEFAULT_CONFIGURATION: Configuration = { namespace: "default", mutable: { ConfigMap: false, Secret: false } };

const TEXTS = ["cluster", "clusterIdentifier", "context", "kubeconfig", "namespace", "renderYamlToDirectory"];
const SWITCHES = [
  "alwaysRender",
  "deleteUnreachable",
  "enableConfigMapMutable",
  "enablePatchForce",
  "enableSecretMutable",
  "enableServerSideApply",
  "skipUpdateUnreachable",
  "suppressDeprecationWarnings",
  "suppressHelmHookWarnings",
  "upsertExistingObjects",
];
const KNOWN = [...TEXTS, ...SWITCHES, "helmReleaseSettings", "kubeClientSettings", "pluginDownloadURL", "version"];

/** Refuses what the real provider's configuration does not have or can't read. */
export function checkConfiguration(inputs: PropertyMap): CheckResult {
  const failures: CheckFailure[] = [];
  for (const [name, value] of Object.entries(inputs)) {
    if (!KNOWN.includes(name) && !name.startsWith("__")) {
      const near = nearMatches(name, KNOWN);
      const advice = near.length > 0 ? `Did you mean ${near.join(", ")}?` : `It has ${KNOWN.join(", ")}.`;
      failures.push({ property: name, reason: `the provider has no such setting. ${advice}` });
    }
    if (value === unknown || value === null) continue;
    if (TEXTS.includes(name) && typeof value !== "string") failures.push({ property: name, reason: notText(name) });
    if (SWITCHES.includes(name) && !["true", "false"].includes(String(value))) {
      failures.push({ property: name, reason: "is neither true nor false." });
    }
  }
  const wrong = typeof inputs.kubeconfig === "string" ? kubeconfigProblem(inputs.kubeconfig) : undefined;
  if (wrong) failures.push({ property: "kubeconfig", reason: wrong });
  return { inputs, failures };
}

export function readConfiguration({ namespace, enableConfigMapMutable, enableSecretMutable }: PropertyMap): Configuration {
  return {
    namespace: typeof namespace === "string" && namespace !== "" ? namespace : "default",
    mutable: { ConfigMap: isOn(enableConfigMapMutable), Secret: isOn(enableSecretMutable) },
  };
}

/**
 * Another cluster's provider manages other objects. Of one cluster, credentials and contexts may change.
 *
 * `clusterIdentifier` says which cluster it is. Without it the kubeconfig does, and one that is not known yet may be of another: then
 * the real provider plans to make everything anew, and so does this one.
 */
export function diffConfiguration(oldInputs: PropertyMap, newInputs: PropertyMap): DiffResult {
  const found = diff(oldInputs, newInputs).filter(({ keys }) => keys[0] !== "version");
  const keys = changedKeys(found);
  const isNamed = newInputs.clusterIdentifier !== undefined && newInputs.clusterIdentifier !== unknown;
  const replaces = (key: string) =>
    key === "clusterIdentifier" || (!isNamed && (key === "cluster" || (newInputs[key] === unknown && IDENTIFYING.includes(key))));
  const replaceKeys = keys.filter(replaces);
  const source = "pulumi-kubernetes, DiffConfig: clusterIdentifier names the cluster, else kubeconfig, context and cluster do";
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

const IDENTIFYING = ["cluster", "context", "kubeconfig"];

/** The real provider also takes the name of a file; that one is not read here. */
function kubeconfigProblem(text: string): string | undefined {
  if (!text.trimStart().startsWith("{")) return undefined;
  let parsed: PropertyValue;
  try {
    parsed = JSON.parse(text) as PropertyValue;
  } catch {
    return "begins as JSON but is none. Write it with pulumi.jsonStringify.";
  }
  const missing = ["clusters", "contexts", "current-context", "users"].filter(
    (key) => !isMap(parsed) || parsed[key] === undefined,
  );
  return missing.length > 0 ? `lacks ${missing.join(", ")}. Write all that kubectl needs.` : undefined;
}

function notText(name: string): string {
  const how = name === "kubeconfig" ? "Pass the file's content, for example with pulumi.jsonStringify." : "Write it as text.";
  return `is not text. ${how}`;
}

/** The SDK passes what is not text as JSON in text. */
function isOn(value: PropertyValue | undefined): boolean {
  return value === true || value === "true";
}
