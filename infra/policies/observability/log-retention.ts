import { number, text, unknown } from "../reading/values.ts";
import type { Policy } from "../types.ts";

export const logRetention: Policy = {
  name: "log-retention",
  title: "Every log group says how long it keeps",
  why: "Without a retention CloudWatch keeps for ever, at $0.03/GB-month, and with it whatever personal data was logged.",
  fix: "Set retentionInDays, for example from `observability.logDays` of the environment.",
  severity: "mandatory",
  check: (plan) =>
    plan.each("aws:cloudwatch/logGroup:LogGroup", (group) => {
      // The class DELIVERY keeps for a day and takes no other (CloudWatch Logs API reference, 2026-09).
      if (unknown(group, "retentionInDays") || text(group.inputs.logGroupClass) === "DELIVERY") return undefined;
      const days = number(group.inputs.retentionInDays) ?? 0;
      return days > 0 ? undefined : "retentionInDays is not set: it keeps for ever";
    }),
};
