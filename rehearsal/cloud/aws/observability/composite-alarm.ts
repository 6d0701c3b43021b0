import type { Model, Rule } from "../../models/model.ts";
import { all, list, text } from "../../rules/text.ts";
import { arn } from "../names.ts";
import { alarmRuleProblem } from "./alarm-rule.ts";

const actions = list({ max: 5 });
const alarmRule: Rule = (value) => alarmRuleProblem(String(value));

/** Composite alarms. Limits: CloudWatch API reference, PutCompositeAlarm. */
export const compositeAlarmModel: Model = {
  type: "aws:cloudwatch/compositeAlarm:CompositeAlarm",
  defaults: { actionsEnabled: true },
  rules: {
    alarmName: text({ min: 1, max: 255 }),
    alarmDescription: text({ max: 1024 }),
    alarmRule: all(text({ min: 1, max: 10_240 }), alarmRule),
    alarmActions: actions,
    okActions: actions,
    insufficientDataActions: actions,
  },
  id: ({ inputs }) => String(inputs.alarmName),
  outputs: (made) => ({ arn: arn(made.place, "cloudwatch", `alarm:${made.id}`) }),
};
