import { list, map, text, unknown } from "../reading/values.ts";
import type { Policy } from "../types.ts";
import { isAnywhere } from "./ingress.ts";

export const clusterEndpoint: Policy = {
  name: "cluster-endpoint",
  title: "A cluster's API is reachable from listed ranges only, or from inside the network",
  why: "IAM guards it in any case; a list of ranges, or none but the network, is what remains when a credential or the API has a hole.",
  fix: 'List the ranges in `kubernetes.clients` of platform.config.ts, or run CI inside the network with `runners: "codebuild"`.',
  // GitHub's own runners have no fixed addresses, so a platform that uses them can't list theirs: told, not refused.
  severity: "advisory",
  check: (plan) =>
    plan.each("aws:eks/cluster:Cluster", (cluster) => {
      const { endpointPublicAccess, publicAccessCidrs } = map(cluster.inputs.vpcConfig) ?? {};
      if (endpointPublicAccess === false) return undefined;
      if (unknown(cluster, "vpcConfig.endpointPublicAccess", "vpcConfig.publicAccessCidrs")) return undefined;
      const ranges = list(publicAccessCidrs).flatMap((range) => text(range) ?? []);
      if (ranges.length === 0) return "vpcConfig.publicAccessCidrs is not set: the API is open to 0.0.0.0/0";
      const open = ranges.filter(isAnywhere);
      return open.length === 0 ? undefined : `vpcConfig.publicAccessCidrs has ${open.join(" and ")}`;
    }),
};
