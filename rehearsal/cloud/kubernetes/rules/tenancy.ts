import { isMap, type PropertyMap, type PropertyValue } from "@fairway/engine";
import type { Fail } from "./names.ts";
import { maps } from "./pods.ts";
import { parseQuantity } from "./quantity.ts";

/** Rules of a LimitRange: smallest, default and largest in order. */
export function checkLimitRange({ spec }: PropertyMap, fail: Fail): void {
  for (const [index, item] of maps(isMap(spec) ? spec.limits : undefined).entries()) {
    const order = ["min", "defaultRequest", "default", "max"].filter((name) => isMap(item[name]));
    for (const [at, lower] of order.entries()) {
      for (const upper of order.slice(at + 1)) compare(item, lower, upper, `spec.limits[${index}]`, fail);
    }
  }
}

/** Rules of a Role or ClusterRole: each rule names what it is about. */
export function checkRole({ kind, rules }: PropertyMap, fail: Fail): void {
  for (const [index, rule] of maps(rules).entries()) {
    const at = `rules[${index}]`;
    const isOfUrls = rule.nonResourceURLs !== undefined;
    if (Array.isArray(rule.verbs) && rule.verbs.length === 0)
      fail(`${at}.verbs`, "is empty. Name verbs, for example get, list, watch.");
    if (isOfUrls && kind === "Role") fail(`${at}.nonResourceURLs`, "belong to no namespace. Use a ClusterRole.");
    if (isOfUrls) continue;
    if (isEmpty(rule.apiGroups)) fail(`${at}.apiGroups`, 'is required. Name API groups; the core one is "".');
    if (isEmpty(rule.resources)) fail(`${at}.resources`, "is required. Name resources, for example deployments.");
  }
}

/** Rules of a RoleBinding or ClusterRoleBinding: what it binds, and to whom. */
export function checkBinding({ kind, roleRef, subjects }: PropertyMap, fail: Fail): void {
  if (kind === "ClusterRoleBinding" && isMap(roleRef) && roleRef.kind === "Role") {
    fail("roleRef.kind", "is Role, which belongs to a namespace. Bind a ClusterRole, or use a RoleBinding.");
  }
  for (const [index, subject] of maps(subjects).entries()) {
    const isAccount = subject.kind === "ServiceAccount";
    if (isAccount && subject.namespace === undefined && kind === "ClusterRoleBinding") {
      fail(`subjects[${index}].namespace`, "is required of a ServiceAccount. Set it.");
    }
    if (!isAccount && subject.namespace !== undefined) {
      fail(`subjects[${index}].namespace`, "is for a ServiceAccount only. Remove it.");
    }
  }
}

/** Rules of a PriorityClass. */
export function checkPriorityClass({ metadata, value, preemptionPolicy }: PropertyMap, fail: Fail): void {
  const name = isMap(metadata) ? metadata.name : undefined;
  if (typeof name === "string" && name.startsWith("system-"))
    fail("metadata.name", "begins with system-, which is Kubernetes' own. Rename it.");
  if (typeof value === "number" && value > 1_000_000_000)
    fail("value", `${value} is above 1000000000, the most that is not the system's. Lower it.`);
  checkListed(preemptionPolicy, "preemptionPolicy", ["Never", "PreemptLowerPriority"], fail);
}

/** Rules of a StorageClass. */
export function checkStorageClass({ reclaimPolicy, volumeBindingMode }: PropertyMap, fail: Fail): void {
  checkListed(reclaimPolicy, "reclaimPolicy", ["Delete", "Retain"], fail);
  checkListed(volumeBindingMode, "volumeBindingMode", ["Immediate", "WaitForFirstConsumer"], fail);
}

/** Rules of a Secret: `data` is base64. Says nothing of what it holds. */
export function checkSecret({ data }: PropertyMap, fail: Fail): void {
  if (!isMap(data)) return;
  for (const [key, value] of Object.entries(data)) {
    if (typeof value !== "string" || /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value)) continue;
    fail(`data.${key}`, "is not base64. Encode it, or use stringData.");
  }
}

/** Pod Security Standards that a namespace asks for. Source: Kubernetes documentation, "Enforce Pod Security Standards with Namespace Labels". */
export function checkNamespace({ metadata }: PropertyMap, fail: Fail): void {
  const labels = isMap(metadata) && isMap(metadata.labels) ? metadata.labels : {};
  for (const mode of ["audit", "enforce", "warn"]) {
    const label = `pod-security.kubernetes.io/${mode}`;
    checkListed(labels[label], `metadata.labels["${label}"]`, ["baseline", "privileged", "restricted"], fail);
  }
}

function checkListed(value: PropertyValue | undefined, path: string, allowed: readonly string[], fail: Fail): void {
  if (typeof value === "string" && !allowed.includes(value))
    fail(path, `"${value}" is not allowed. Use one of ${allowed.join(", ")}.`);
}

function compare(item: PropertyMap, lower: string, upper: string, at: string, fail: Fail): void {
  const [low, high] = [item[lower], item[upper]];
  if (!isMap(low) || !isMap(high)) return;
  for (const [resource, value] of Object.entries(low)) {
    const [least, most] = [parseQuantity(value), parseQuantity(high[resource])];
    if (least === undefined || most === undefined || least <= most) continue;
    fail(`${at}.${lower}.${resource}`, `${String(value)} is more than ${upper}, ${String(high[resource])}. Lower it.`);
  }
}

function isEmpty(list: PropertyValue | undefined): boolean {
  return list === undefined || (Array.isArray(list) && list.length === 0);
}
