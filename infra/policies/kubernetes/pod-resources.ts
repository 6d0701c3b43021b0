import { map, unknown } from "../reading/values.ts";
import { eachPodContainer } from "../reading/workloads.ts";
import type { Policy } from "../types.ts";

export const podResources: Policy = {
  name: "pod-resources",
  title: "A pod asks for CPU and memory, and has a limit of memory",
  why: "The scheduler places by requests: without them pods crowd one node. Without a limit one leak takes its neighbours' memory.",
  // A limit of CPU is left to the author: it makes a pod slow while its node is idle.
  fix: "Set resources.requests.cpu, resources.requests.memory and resources.limits.memory of every container.",
  severity: "mandatory",
  check: (plan) =>
    eachPodContainer(plan, ({ definition, path }, { resource }) => {
      const { requests, limits } = map(definition.resources) ?? {};
      const wanted = {
        "requests.cpu": map(requests)?.cpu,
        "requests.memory": map(requests)?.memory,
        "limits.memory": map(limits)?.memory,
      };
      const missing = Object.entries(wanted).filter(
        ([property, value]) => value === undefined && !unknown(resource, `${path}.resources.${property}`),
      );
      return missing.length === 0 ? undefined : `resources has no ${missing.map(([property]) => property).join(", ")}`;
    }),
};
