import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { jsonDocument } from "../documents/json.ts";
import { policyDocument } from "../documents/policy.ts";

/** Arguments of {@link CostWatch}. */
export interface CostWatchArgs {
  account: string;
  /** Of the budget, the monitor and the topic: `acme-dev`. */
  label: string;
  /** What a month may cost. */
  monthlyUsd: number;
  /** Only what carries this tag counts: where others are in the same account. @default all of the account */
  tag?: { key: string; value: string };
  /**
   * What notices unusual spending. "own" makes a monitor of the account's services, of which an account can have one; an ARN uses one that
   * exists, as AWS makes when Cost Explorer is first opened; "none" leaves it to another scope of the account.
   */
  monitor: "own" | "none" | { arn: string };
  /** USD above what is expected, from which unusual spending is told of. @default 20 */
  anomalyUsd?: number;
  /** Email addresses that hear of it. Each is asked to confirm. */
  contacts: string[];
  /** ARN of a key that `budgets` and `costalerts` may use. */
  keyArn: pulumi.Input<string>;
  /** Last word on each child's arguments. */
  transform?: {
    budget?: (args: aws.budgets.BudgetArgs) => aws.budgets.BudgetArgs;
    topic?: (args: aws.sns.TopicArgs) => aws.sns.TopicArgs;
  };
}

/**
 * A monthly budget that tells at 80 % and 100 % of what was spent and at 100 % of what is forecast, a monitor of unusual spending, and the
 * encrypted topic that both write to.
 *
 * Cost a month: budgets without actions nothing, monitor nothing, topic nothing below 1,000 emails.
 *
 * @example
 * new CostWatch("cost", { account, label: "acme-dev", monthlyUsd: 400, monitor: "own", contacts, keyArn: key.arn });
 */
export class CostWatch extends pulumi.ComponentResource {
  declare readonly topicArn: pulumi.Output<string>;
  declare readonly nodes: { topic: aws.sns.Topic; budget: aws.budgets.Budget };

  constructor(name: string, args: CostWatchArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:CostWatch", name, {}, opts);
    const parent = this;
    refuseImpossible(args);

    const topic = createTopic();
    const policy = allowCostServices();
    subscribeContacts();
    const budget = createBudget();
    if (args.monitor !== "none") watchAnomalies(args.monitor);

    this.topicArn = topic.arn;
    this.nodes = { topic, budget };
    this.registerOutputs({ topicArn: this.topicArn });

    function createTopic() {
      const wanted: aws.sns.TopicArgs = { name: `${args.label}-cost`, kmsMasterKeyId: args.keyArn };
      return new aws.sns.Topic(name, args.transform?.topic?.(wanted) ?? wanted, { parent });
    }

    function allowCostServices() {
      const document = topic.arn.apply((arn) => policyDocument(costTopicStatements(args.account, arn)));
      return new aws.sns.TopicPolicy(name, { arn: topic.arn, policy: jsonDocument(document) }, { parent });
    }

    function subscribeContacts() {
      args.contacts.forEach((endpoint, index) => {
        new aws.sns.TopicSubscription(`${name}-${index + 1}`, { topic: topic.arn, protocol: "email", endpoint }, { parent });
      });
    }

    function createBudget() {
      const notification = (notificationType: "ACTUAL" | "FORECASTED", threshold: number) => ({
        comparisonOperator: "GREATER_THAN",
        notificationType,
        threshold,
        thresholdType: "PERCENTAGE",
        subscriberSnsTopicArns: [topic.arn],
      });
      const wanted: aws.budgets.BudgetArgs = {
        name: args.label,
        budgetType: "COST",
        timeUnit: "MONTHLY",
        limitAmount: String(args.monthlyUsd),
        limitUnit: "USD",
        costFilters: args.tag ? [{ name: "TagKeyValue", values: [`user:${args.tag.key}$${args.tag.value}`] }] : undefined,
        notifications: [notification("ACTUAL", 80), notification("ACTUAL", 100), notification("FORECASTED", 100)],
      };
      // A budget is refused when it can't write to its topic.
      return new aws.budgets.Budget(name, args.transform?.budget?.(wanted) ?? wanted, { parent, dependsOn: [policy] });
    }

    function watchAnomalies(monitor: "own" | { arn: string }) {
      const arn = monitor === "own" ? createMonitor().arn : monitor.arn;
      new aws.costexplorer.AnomalySubscription(
        name,
        {
          name: args.label,
          frequency: "IMMEDIATE", // the only one that a topic can have
          monitorArnLists: [arn],
          subscribers: [{ type: "SNS", address: topic.arn }],
          thresholdExpression: {
            dimension: {
              key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
              matchOptions: ["GREATER_THAN_OR_EQUAL"],
              values: [String(args.anomalyUsd ?? 20)],
            },
          },
        },
        { parent, dependsOn: [policy] },
      );
    }

    function createMonitor() {
      const wanted = { name: args.label, monitorType: "DIMENSIONAL", monitorDimension: "SERVICE" };
      return new aws.costexplorer.AnomalyMonitor(name, wanted, { parent });
    }
  }
}

/** Who may write to the topic: the two services that watch costs, for this account only. */
export function costTopicStatements(account: string, topicArn: string) {
  return ["budgets", "costalerts"].map((service) => ({
    Sid: service === "budgets" ? "Budget" : "Anomalies",
    Principal: { Service: `${service}.amazonaws.com` },
    Action: "sns:Publish",
    Resource: topicArn,
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  }));
}

/** @throws when the budget can't be, or tells nobody who can be told */
export function refuseImpossible({
  label,
  monthlyUsd,
  contacts,
}: Pick<CostWatchArgs, "label" | "monthlyUsd" | "contacts">): void {
  if (!(monthlyUsd > 0)) throw new Error(`budget "${label}": $${monthlyUsd} a month. Allowed is more than nothing.`);
  const wrong = contacts.filter((contact) => !/^[^@\s]+@[^@\s]+$/.test(contact));
  if (wrong.length > 0) throw new Error(`budget "${label}": "${wrong.join('", "')}" is no email address. Give addresses.`);
}
