import { TASK_DEFINITION } from "../reading/containers.ts";
import { text, unknown } from "../reading/values.ts";
import type { Policy } from "../types.ts";

export const taskLimits: Policy = {
  name: "task-limits",
  title: "A task says how much CPU and memory it takes",
  why: "A task without limits takes what its neighbours need, and what it costs can't be told before it runs.",
  fix: "Set cpu and memory of the task definition: `size` of service.ts.",
  severity: "mandatory",
  check: (plan) =>
    plan.each(TASK_DEFINITION, (task) => {
      const missing = ["cpu", "memory"].filter((property) => !unknown(task, property) && !text(task.inputs[property]));
      return missing.length === 0 ? undefined : `${missing.join(" and ")} not set`;
    }),
};
