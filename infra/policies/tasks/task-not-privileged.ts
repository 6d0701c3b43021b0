import { TASK_DEFINITION } from "../reading/containers.ts";
import { list, map, maps } from "../reading/values.ts";
import { eachTaskContainer } from "../reading/workloads.ts";
import type { Policy } from "../types.ts";

export const taskNotPrivileged: Policy = {
  name: "task-not-privileged",
  title: "A task has no powers over its host, and drops the capabilities that Docker gives",
  why: "A privileged container, a path of the host or the host's network is the way from one container to all others beside it.",
  fix: "Leave out privileged, host paths and host modes; set linuxParameters.capabilities to drop ALL and add none.",
  severity: "mandatory",
  check: (plan) => [
    ...eachTaskContainer(plan, ({ definition }) => {
      if (definition.privileged === true) return "privileged is true";
      const { add, drop } = map(map(definition.linuxParameters)?.capabilities) ?? {};
      if (list(add).length > 0) return `linuxParameters.capabilities.add has ${list(add).join(", ")}`;
      return list(drop).includes("ALL") ? undefined : "linuxParameters.capabilities.drop has no ALL";
    }),
    ...plan.each(TASK_DEFINITION, ({ inputs }) => {
      const modes = ["networkMode", "pidMode", "ipcMode"].filter((mode) => inputs[mode] === "host");
      const paths = maps(inputs.volumes).flatMap(({ hostPath }) => (typeof hostPath === "string" ? [hostPath] : []));
      return [...modes.map((mode) => `${mode} is host`), ...paths.map((path) => `a volume is ${path} of the host`)];
    }),
  ],
};
