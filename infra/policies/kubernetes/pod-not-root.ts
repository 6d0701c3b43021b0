import { map } from "../reading/values.ts";
import { eachPodContainer } from "../reading/workloads.ts";
import type { Policy } from "../types.ts";

export const podNotRoot: Policy = {
  name: "pod-not-root",
  title: "A pod runs as a user other than root, under the runtime's system-call filter",
  why: "Root in a container is one flaw of the kernel away from root on the node; the filter makes most such flaws unreachable.",
  fix: "Set runAsNonRoot to true and seccompProfile.type to RuntimeDefault, for the pod or for each container.",
  severity: "mandatory",
  check: (plan) =>
    eachPodContainer(plan, ({ definition }, { spec }) => {
      const pod = map(spec.securityContext) ?? {};
      const own = map(definition.securityContext) ?? {};
      if ((own.runAsUser ?? pod.runAsUser) === 0) return "runAsUser is 0";
      if ((own.runAsNonRoot ?? pod.runAsNonRoot) !== true) return "runAsNonRoot is not true";
      const profile = map(own.seccompProfile ?? pod.seccompProfile)?.type;
      return profile === "RuntimeDefault" || profile === "Localhost" ? undefined : "seccompProfile.type is not RuntimeDefault";
    }),
};
