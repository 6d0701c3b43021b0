import { unknown } from "../reading/values.ts";
import type { Policy } from "../types.ts";
import { ALARMS, childrenOf, COMPOSITE_ALARM, namesOf } from "./alarms.ts";

export const compositeChildren: Policy = {
  name: "composite-children",
  title: "A composite alarm names alarms that exist",
  why: "AWS refuses a rule with an unknown alarm half-way through an update, and no composite can watch another account or region.",
  fix: 'Build the rule from the alarms\' own names: pulumi.interpolate`ALARM("${alarm.name}")`.',
  severity: "mandatory",
  acrossStacks: true,
  check: (plan) => {
    const alarms = plan.of(...ALARMS);
    const names = new Set(alarms.flatMap(namesOf));
    // In a preview the names that Pulumi makes are not known: then the dependencies tell.
    const unnamed = alarms.some((alarm) => namesOf(alarm).length === 0);
    return plan.each(COMPOSITE_ALARM, (composite) => {
      if (unknown(composite, "alarmRule") || unnamed) return undefined;
      const missing = childrenOf(composite).filter((child) => !names.has(child));
      return missing.map((child) => `alarmRule names "${child}", which is no alarm of this environment`);
    });
  },
};
