import { podsOf } from "../reading/containers.ts";
import { map, maps, unknown } from "../reading/values.ts";
import type { Policy } from "../types.ts";
import { replicas, REPLICATED, selects } from "./replicas.ts";

const ZONE = "topology.kubernetes.io/zone";

export const podSpread: Policy = {
  name: "pod-spread",
  title: "Two pods and more are spread over zones",
  why: "The scheduler may put all of them into one zone, or on one node, and lose them together.",
  fix: `Add a topologySpreadConstraint on ${ZONE} whose labelSelector selects the pods.`,
  severity: "mandatory",
  check: (plan) =>
    plan.each(REPLICATED, (resource) => {
      const count = replicas(plan, resource);
      const pods = podsOf(resource);
      if (!pods || count === undefined || count < 2 || unknown(resource, `${pods.path}.topologySpreadConstraints`))
        return undefined;
      const zones = maps(pods.spec.topologySpreadConstraints).filter(({ topologyKey }) => topologyKey === ZONE);
      if (zones.length === 0) return `${count} replicas, and no topologySpreadConstraint on ${ZONE}`;
      const own = zones.some(({ labelSelector }) => {
        const selector = map(labelSelector);
        return selector && Object.keys(selector).length > 0 && selects(selector, pods.labels);
      });
      return own ? undefined : `the labelSelector of its topologySpreadConstraint on ${ZONE} does not select its pods`;
    }),
};
