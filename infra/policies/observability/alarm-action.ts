import type { Policy } from "../types.ts";
import { acts, ALARMS, compositesOf, guardedBy, isMuted } from "./alarms.ts";

export const alarmAction: Policy = {
  name: "alarm-action",
  title: "Every alarm does something: notifies, rolls back, or feeds an alarm that does",
  why: "An alarm that tells nobody is a cost and a false comfort.",
  fix: "Set alarmActions to a topic of the owning team (`observability` outputs), or name the alarm in a composite alarm or a deployment.",
  severity: "mandatory",
  check: (plan) =>
    plan.each(ALARMS, (alarm) => {
      if (isMuted(alarm)) return "actionsEnabled is false";
      if (acts(alarm) || compositesOf(plan, alarm).length > 0 || guardedBy(plan, alarm).length > 0) return undefined;
      return "alarmActions is empty, and neither a composite alarm nor a deployment uses it";
    }),
};
