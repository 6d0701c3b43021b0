import type { PropertyMap } from "@fairway/engine";
import type { Fail, Model, Rule } from "../../models/model.ts";
import { parseJson, sameJson } from "../../rules/policy.ts";
import { all, arnOf, between, oneOf, show, text } from "../../rules/text.ts";
import { arn, text as textOf } from "../names.ts";

/** Characters of an event pattern (EventBridge quotas, 2026-09; a larger one on request). */
const MAX_PATTERN = 2048;

const named = (max: number) => text({ min: 1, max, pattern: /^[\w./-]+$/, allowed: "letters, digits and . - _" });
const pattern: Rule = all(text({ min: 2, max: MAX_PATTERN }), (value) =>
  parseJson(value) === undefined ? `${show(value)} is not JSON. Build it with pulumi.jsonStringify.` : undefined,
);

/** Event buses, their rules, targets and archives (EventBridge API reference: CreateEventBus, PutRule, PutTargets, CreateArchive). */
export const eventModels: Model[] = [
  {
    type: "aws:cloudwatch/eventBus:EventBus",
    autoName: { property: "name", max: 256 },
    rules: {
      name: all(named(256), (value) => (value === "default" ? "is there in every account. Choose another name." : undefined)),
      description: text({ max: 512 }),
    },
    id: (making) => textOf(making.inputs, "name"),
    outputs: (made) => ({ arn: arn(made.place, "events", `event-bus/${made.id}`) }),
  },
  {
    type: "aws:cloudwatch/eventRule:EventRule",
    autoName: { property: "name", max: 64 },
    defaults: { eventBusName: "default", forceDestroy: false },
    rules: {
      name: named(64),
      description: text({ max: 512 }),
      eventPattern: pattern,
      state: oneOf("ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"),
    },
    validate: checkTrigger,
    same: { eventPattern: sameJson },
    id: ({ inputs }) => [busOf(inputs), textOf(inputs, "name")].filter(Boolean).join("/"),
    outputs: (made) => ({ arn: arn(made.place, "events", `rule/${made.id}`) }),
  },
  {
    type: "aws:cloudwatch/eventTarget:EventTarget",
    defaults: { eventBusName: "default", forceDestroy: false },
    rules: { rule: named(64), targetId: named(64), arn: arnOf(), roleArn: arnOf("iam") },
    validate: checkTargetRole,
    same: { input: sameJson },
    // The provider makes up a target's own id when the program gives none.
    id: (making) => [busOf(making.inputs), textOf(making.inputs, "rule"), targetIdOf(making)].filter(Boolean).join("-"),
    outputs: (made) => ({ targetId: targetIdOf(made) }),
  },
  {
    type: "aws:cloudwatch/eventArchive:EventArchive",
    autoName: { property: "name", max: 48 },
    defaults: { retentionDays: 0 },
    rules: {
      name: named(48),
      description: text({ max: 512 }),
      eventSourceArn: arnOf("events"),
      eventPattern: pattern,
      retentionDays: between(0, 2_147_483_647, "days, 0 is for ever"),
    },
    same: { eventPattern: sameJson },
    id: (making) => textOf(making.inputs, "name"),
    outputs: (made) => ({ arn: arn(made.place, "events", `archive/${made.id}`) }),
  },
];

/** Empty for the default bus, which rules' and targets' ids leave out. */
function busOf(inputs: PropertyMap): string {
  const bus = textOf(inputs, "eventBusName");
  return bus === "default" ? "" : bus;
}

function targetIdOf({ inputs, hex }: { inputs: PropertyMap; hex: (label: string, length: number) => string }): string {
  return textOf(inputs, "targetId") || `terraform-${hex("target", 26)}`;
}

function checkTrigger(inputs: PropertyMap, fail: Fail): void {
  if (inputs.eventPattern === undefined && inputs.scheduleExpression === undefined)
    fail("eventPattern", "is required. Set it, or scheduleExpression.");
  if (inputs.scheduleExpression !== undefined && busOf(inputs) !== "")
    fail("scheduleExpression", "is for rules of the default bus only. Remove eventBusName.");
}

/** EventBridge reaches another bus only as a role, and a log group only by the log group's own resource policy. */
function checkTargetRole(inputs: PropertyMap, fail: Fail): void {
  const target = textOf(inputs, "arn");
  if (/:event-bus\//.test(target) && inputs.roleArn === undefined)
    fail("roleArn", "is required where the target is an event bus. Give a role that may events:PutEvents on it.");
  if (/:log-group:/.test(target) && inputs.roleArn !== undefined)
    fail("roleArn", "is not for log groups. Remove it, and allow events.amazonaws.com by cloudwatch.LogResourcePolicy.");
}
