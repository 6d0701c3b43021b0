import { isMap, type PropertyMap } from "@fairway/engine";
import type { Fail, Model } from "../../models/model.ts";
import { arnOf, list, oneOf, text } from "../../rules/text.ts";
import { globalArn, text as textOf, uuid } from "../names.ts";

/** Budgets, and monitors of unusual spending (AWS Cost Management API reference, Budgets and Cost Explorer). Both have no region. */
export const costModels: Model[] = [
  {
    type: "aws:budgets/budget:Budget",
    autoName: { property: "name", max: 100 },
    defaults: { timePeriodEnd: "2087-06-15_00:00" },
    rules: {
      name: text({ min: 1, max: 100, pattern: /^[^:\\]*$/, allowed: "anything but : and \\" }),
      budgetType: oneOf("USAGE", "COST", "RI_UTILIZATION", "RI_COVERAGE", "SAVINGS_PLANS_UTILIZATION", "SAVINGS_PLANS_COVERAGE"),
      timeUnit: oneOf("DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY"),
      limitAmount: text({ max: 30, pattern: /^\d+(\.\d+)?$/, allowed: "an amount as text, for example 400" }),
      notifications: list({ max: 10 }),
    },
    validate: (inputs, fail) => {
      if (Array.isArray(inputs.notifications)) inputs.notifications.filter(isMap).forEach(checkNotification(fail));
    },
    id: (making) => `${making.place.accountId}:${textOf(making.inputs, "name")}`,
    outputs: (made) => ({
      accountId: made.inputs.accountId ?? made.place.accountId,
      arn: globalArn(made.place, "budgets", `budget/${textOf(made.inputs, "name")}`),
    }),
  },
  {
    type: "aws:costexplorer/anomalyMonitor:AnomalyMonitor",
    autoName: { property: "name", max: 1024 },
    rules: {
      monitorType: oneOf("DIMENSIONAL", "CUSTOM"),
      monitorDimension: oneOf("COST_CATEGORY", "LINKED_ACCOUNT", "SERVICE", "TAG"),
    },
    validate: checkMonitor,
    id: (making) => globalArn(making.place, "ce", `anomalymonitor/${uuid(making, "monitor")}`),
    outputs: (made) => ({ arn: made.id }),
  },
  {
    type: "aws:costexplorer/anomalySubscription:AnomalySubscription",
    autoName: { property: "name", max: 1024 },
    rules: {
      frequency: oneOf("DAILY", "IMMEDIATE", "WEEKLY"),
      monitorArnLists: list({ min: 1, max: 1024 }, arnOf("ce")),
      subscribers: list({ min: 1, max: 1024 }),
    },
    validate: checkSubscribers,
    id: (making) => globalArn(making.place, "ce", `anomalysubscription/${uuid(making, "subscription")}`),
    outputs: (made) => ({ accountId: made.inputs.accountId ?? made.place.accountId, arn: made.id }),
  },
];

const checkNotification = (fail: Fail) => (notification: PropertyMap, index: number) => {
  const at = `notifications[${index}]`;
  const rules = {
    comparisonOperator: oneOf("GREATER_THAN", "LESS_THAN", "EQUAL_TO"),
    notificationType: oneOf("ACTUAL", "FORECASTED"),
    thresholdType: oneOf("PERCENTAGE", "ABSOLUTE_VALUE"),
  };
  for (const [property, rule] of Object.entries(rules)) {
    const value = notification[property];
    const reason = typeof value === "string" || value === undefined ? rule(value ?? null, notification) : undefined;
    if (reason) fail(`${at}.${property}`, reason);
  }
  if (notification.subscriberSnsTopicArns === undefined && notification.subscriberEmailAddresses === undefined) {
    fail(at, "tells nobody. Give subscriberSnsTopicArns (one) or subscriberEmailAddresses (up to ten).");
  }
};

function checkMonitor({ monitorType, monitorDimension, monitorSpecification }: PropertyMap, fail: Fail): void {
  if (monitorType === "DIMENSIONAL" && monitorDimension === undefined)
    fail("monitorDimension", "is needed by type DIMENSIONAL. Set it.");
  if (monitorType === "CUSTOM" && monitorSpecification === undefined)
    fail("monitorSpecification", "is needed by type CUSTOM. Set it.");
}

/** A topic hears of each anomaly at once; people hear by digest. */
function checkSubscribers({ frequency, subscribers }: PropertyMap, fail: Fail): void {
  if (!Array.isArray(subscribers) || typeof frequency !== "string") return;
  for (const [index, subscriber] of subscribers.entries()) {
    if (!isMap(subscriber)) continue;
    const wanted = subscriber.type === "SNS" ? ["IMMEDIATE"] : ["DAILY", "WEEKLY"];
    if (!wanted.includes(frequency)) {
      fail(
        `subscribers[${index}]`,
        `of type ${String(subscriber.type)} goes with frequency ${wanted.join(" or ")}, not ${frequency}.`,
      );
    }
  }
}
