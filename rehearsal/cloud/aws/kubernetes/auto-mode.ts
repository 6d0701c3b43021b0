import { isMap, type PropertyMap, type PropertyValue, unknown } from "@fairway/engine";
import type { Fail } from "../../models/model.ts";
import { show } from "../../rules/text.ts";

/** The three capabilities of EKS Auto Mode: all on or all off (the provider's own check, validateAutoModeCustomizeDiff). */
const CAPABILITIES = [
  "computeConfig.enabled",
  "kubernetesNetworkConfig.elasticLoadBalancing.enabled",
  "storageConfig.blockStorage.enabled",
] as const;

/** What EKS refuses of an Auto Mode cluster (EKS user guide, "Create a cluster with EKS Auto Mode"). */
export function checkAutoMode(inputs: PropertyMap, fail: Fail): void {
  const capabilities = CAPABILITIES.map((path) => ({ path, value: at(inputs, path) }));
  if (capabilities.some(({ value }) => value === unknown)) return;
  const off = capabilities.filter(({ value }) => value !== true);
  const isOn = off.length === 0;
  if (!isOn && off.length < CAPABILITIES.length) {
    for (const { path } of off) fail(path, `is off, but Auto Mode needs ${CAPABILITIES.join(", ")} together. Set it to true.`);
  }
  if (isOn) checkWhatItNeeds(inputs, fail);
  checkNodePools(inputs, fail);
}

function checkWhatItNeeds(inputs: PropertyMap, fail: Fail): void {
  if (inputs.bootstrapSelfManagedAddons === true) {
    fail("bootstrapSelfManagedAddons", "is true, which it is by default; Auto Mode brings its own. Set it to false.");
  }
  if (at(inputs, "accessConfig.authenticationMode") === "CONFIG_MAP") {
    fail("accessConfig.authenticationMode", "is CONFIG_MAP; Auto Mode needs access entries. Use API.");
  }
  const { version } = inputs;
  if (typeof version === "string" && Number(version.split(".")[1]) < 29) {
    fail("version", `${show(version)} has no Auto Mode, which came with 1.29. Use a later one.`);
  }
}

function checkNodePools(inputs: PropertyMap, fail: Fail): void {
  const compute = inputs.computeConfig;
  if (!isMap(compute) || compute.nodePools === unknown) return;
  const pools = Array.isArray(compute.nodePools) ? compute.nodePools : [];
  for (const [index, pool] of pools.entries()) {
    if (pool === unknown || pool === "general-purpose" || pool === "system") continue;
    fail(`computeConfig.nodePools[${index}]`, `${show(pool)} is not built in. Use general-purpose or system.`);
  }
  if (pools.length > 0 && compute.nodeRoleArn === undefined) {
    fail("computeConfig.nodeRoleArn", "is required for the built-in node pools. Set it to the nodes' role.");
  }
  if (pools.length === 0 && compute.nodeRoleArn !== undefined) {
    fail("computeConfig.nodePools", "is empty, with which EKS takes no nodeRoleArn. Name a pool or remove nodeRoleArn.");
  }
}

/** The value at a path such as `computeConfig.enabled`; unknown when a block on the way is. */
export function at(inputs: PropertyMap, path: string): PropertyValue | undefined {
  return path.split(".").reduce<PropertyValue | undefined>((value, key) => {
    if (value === unknown) return unknown;
    return isMap(value) ? value[key] : undefined;
  }, inputs);
}
