import { isMap, type PropertyMap, type PropertyValue, unknown } from "@fairway/engine";
import { type Fail, nameProblem } from "./names.ts";
import { parseQuantity } from "./quantity.ts";

/** Maps among the elements of a list; nothing of what is not known yet. */
export function maps(list: PropertyValue | undefined): PropertyMap[] {
  return Array.isArray(list) ? list.filter(isMap) : [];
}

/** Names of a list's elements; `unknown` for one, or for a list, that is not known yet. */
export function namesOf(list: PropertyValue | undefined): PropertyValue[] {
  if (list === undefined) return [];
  return Array.isArray(list) ? list.map((each) => (isMap(each) ? (each.name ?? unknown) : unknown)) : [unknown];
}

const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"];
const HANDLERS = ["exec", "grpc", "httpGet", "tcpSocket"];

/**
 * What the API server refuses of a pod beyond its schema: mounts of volumes that there are not, requests over limits, probes with no or
 * two ways to look, names of containers and ports.
 *
 * @param at path of the pod's `spec`
 * @param templates names of volumes that come from elsewhere: a StatefulSet's claim templates
 */
export function checkPod(
  spec: PropertyValue | undefined,
  at: string,
  fail: Fail,
  templates: readonly PropertyValue[] = [],
): void {
  if (!isMap(spec)) return;
  const volumes = [...namesOf(spec.volumes), ...templates];
  const knowsVolumes = !volumes.includes(unknown);
  if (Array.isArray(spec.containers) && spec.containers.length === 0) fail(`${at}.containers`, "is empty. Add a container.");
  for (const list of ["initContainers", "containers"]) {
    for (const [index, container] of maps(spec[list]).entries()) checkContainer(container, `${at}.${list}[${index}]`);
  }

  function checkContainer(container: PropertyMap, path: string) {
    const { name } = container;
    const wrong = typeof name === "string" ? nameProblem("label", name) : undefined;
    if (wrong) fail(`${path}.name`, wrong);
    for (const [index, mount] of maps(container.volumeMounts).entries()) {
      if (typeof mount.name !== "string" || !knowsVolumes || volumes.includes(mount.name)) continue;
      const known = volumes.length > 0 ? `Its volumes are ${volumes.join(", ")}` : "It has none";
      fail(`${path}.volumeMounts[${index}].name`, `the pod has no volume "${mount.name}". ${known}: add it to volumes.`);
    }
    for (const [index, port] of maps(container.ports).entries()) checkPortName(port.name, `${path}.ports[${index}].name`);
    checkRequests(container.resources, `${path}.resources`);
    for (const probe of PROBES) checkProbe(container[probe], `${path}.${probe}`);
  }

  function checkPortName(name: PropertyValue | undefined, path: string) {
    if (typeof name !== "string" || (name.length <= 15 && /[a-z]/.test(name) && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))) return;
    fail(path, `"${name}" is no port's name: use at most 15 lower case letters, digits and single hyphens, one letter at least.`);
  }

  function checkRequests(resources: PropertyValue | undefined, path: string) {
    if (!isMap(resources) || !isMap(resources.requests) || !isMap(resources.limits)) return;
    for (const [resource, request] of Object.entries(resources.requests)) {
      const [asked, limit] = [parseQuantity(request), parseQuantity(resources.limits[resource])];
      if (asked === undefined || limit === undefined || asked <= limit) continue;
      const of = String(resources.limits[resource]);
      fail(`${path}.requests.${resource}`, `${String(request)} is more than the limit, ${of}. Raise the limit or ask for less.`);
    }
  }

  function checkProbe(probe: PropertyValue | undefined, path: string) {
    if (!isMap(probe)) return;
    const ways = HANDLERS.filter((handler) => probe[handler] !== undefined);
    if (ways.length !== 1)
      fail(path, `has ${ways.length} ways to look (${ways.join(", ") || "none"}). Set one of ${HANDLERS.join(", ")}.`);
  }
}
