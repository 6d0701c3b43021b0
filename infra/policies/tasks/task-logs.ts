import { map, text } from "../reading/values.ts";
import { eachTaskContainer } from "../reading/workloads.ts";
import type { Policy } from "../types.ts";

export const taskLogs: Policy = {
  name: "task-logs",
  title: "What a task prints is kept, and can't stop the task",
  why: "Without a log driver its output is lost with the task; with a blocking one the service stops when CloudWatch does.",
  fix: "Set logConfiguration with awslogs, mode non-blocking and a max-buffer-size, or awsfirelens.",
  severity: "mandatory",
  check: (plan) =>
    eachTaskContainer(plan, ({ definition }) => {
      const configuration = map(definition.logConfiguration);
      if (!text(configuration?.logDriver)) return "logConfiguration is not set";
      if (configuration?.logDriver !== "awslogs") return undefined;
      const options = map(configuration.options) ?? {};
      if (!text(options["awslogs-group"])) return "logConfiguration.options has no awslogs-group";
      return options.mode === "non-blocking" ? undefined : 'logConfiguration.options.mode is not "non-blocking"';
    }),
};
