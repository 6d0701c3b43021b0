import { eachTaskContainer } from "../reading/workloads.ts";
import type { Policy } from "../types.ts";

export const taskReadOnlyRoot: Policy = {
  name: "task-read-only-root",
  title: "A task can't write to its own image",
  why: "Who breaks in can leave nothing behind, and a program that writes beside its volumes fails in tests, not in production.",
  fix: "Set readonlyRootFilesystem to true; mount a volume where the program must write, for example at /tmp.",
  severity: "mandatory",
  check: (plan) =>
    eachTaskContainer(plan, ({ definition }) =>
      definition.readonlyRootFilesystem === true ? undefined : "readonlyRootFilesystem is not true",
    ),
};
