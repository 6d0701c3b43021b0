import { list, map, maps } from "../reading/values.ts";
import { eachPodContainer, eachPods } from "../reading/workloads.ts";
import type { Policy } from "../types.ts";

const HOST = ["hostNetwork", "hostPID", "hostIPC"] as const;

export const podNotPrivileged: Policy = {
  name: "pod-not-privileged",
  title: "A pod has no powers over its node",
  why: "A privileged container, the node's network or a path of the node is the way from one pod to every other on the node.",
  fix: "Set allowPrivilegeEscalation to false, drop ALL capabilities, and leave out privileged, host namespaces, host ports and hostPath volumes.",
  severity: "mandatory",
  check: (plan) => [
    ...eachPods(plan, ({ spec, path }) => [
      ...HOST.filter((property) => spec[property] === true).map((property) => `${path}.${property} is true`),
      ...maps(spec.volumes)
        .filter(({ hostPath }) => map(hostPath))
        .map(({ name }) => `volume ${String(name)} is a path of the node`),
    ]),
    ...eachPodContainer(plan, ({ definition }) => {
      const security = map(definition.securityContext) ?? {};
      const { add, drop } = map(security.capabilities) ?? {};
      const taken = maps(definition.ports).find(({ hostPort }) => typeof hostPort === "number" && hostPort > 0);
      if (taken) return `ports has hostPort ${String(taken.hostPort)}: it listens on its node's address`;
      if (security.privileged === true) return "securityContext.privileged is true";
      if (security.allowPrivilegeEscalation !== false) return "securityContext.allowPrivilegeEscalation is not false";
      const added = list(add).filter((capability) => capability !== "NET_BIND_SERVICE");
      if (added.length > 0) return `securityContext.capabilities.add has ${added.join(", ")}`;
      return list(drop).includes("ALL") ? undefined : "securityContext.capabilities.drop has no ALL";
    }),
  ],
};
