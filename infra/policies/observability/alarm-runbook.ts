import { text, unknown } from "../reading/values.ts";
import type { Policy } from "../types.ts";
import { acts, ALARMS, compositesOf, guardedBy } from "./alarms.ts";

export const alarmRunbook: Policy = {
  name: "alarm-runbook",
  title: "Every alarm that reaches a person says where its runbook is",
  why: "At 3 a.m. the description is all that the page shows.",
  fix: "End alarmDescription with the https:// address of the runbook.",
  severity: "mandatory",
  check: (plan) =>
    plan.each(ALARMS, (alarm) => {
      if (unknown(alarm, "alarmDescription") || /https:\/\/\S+/.test(text(alarm.inputs.alarmDescription) ?? "")) return undefined;
      // Nobody sees an alarm that only feeds a composite one; what that says is judged by itself.
      const isHidden = !acts(alarm) && guardedBy(plan, alarm).length === 0 && compositesOf(plan, alarm).length > 0;
      return isHidden ? undefined : "alarmDescription has no https:// address of a runbook";
    }),
};
