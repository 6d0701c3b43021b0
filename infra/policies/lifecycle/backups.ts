import type { Policy } from "../types.ts";
import { STATEFUL } from "./stateful.ts";

export const backups: Policy = {
  name: "backups",
  title: "What holds data in production can be restored to an earlier state",
  why: "A bad migration or a wrong delete is found after it has happened; without backups the data is gone.",
  fix: "Set what the message names: retention days, point-in-time recovery, or versioning.",
  severity: "mandatory",
  check: (plan) =>
    plan.guarded
      ? Object.entries(STATEFUL).flatMap(([type, { backup }]) => plan.each(type, (resource) => backup?.(resource, plan)))
      : [],
};
