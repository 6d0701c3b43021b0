import { map } from "../reading/values.ts";
import { eachPodContainer } from "../reading/workloads.ts";
import type { Policy } from "../types.ts";

export const podReadOnlyRoot: Policy = {
  name: "pod-read-only-root",
  title: "A pod can't write to its own images",
  why: "Who breaks in can leave nothing behind, and what a program writes beside its volumes is lost at the next restart.",
  fix: "Set securityContext.readOnlyRootFilesystem to true; mount an emptyDir where the program must write, for example at /tmp.",
  severity: "mandatory",
  check: (plan) =>
    eachPodContainer(plan, ({ definition }) =>
      map(definition.securityContext)?.readOnlyRootFilesystem === true
        ? undefined
        : "securityContext.readOnlyRootFilesystem is not true",
    ),
};
