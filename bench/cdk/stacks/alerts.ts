import {
  Duration,
  RemovalPolicy,
  Stack,
  type StackProps,
  aws_cloudwatch as cloudwatch,
  aws_cloudwatch_actions as actions,
  aws_events as events,
  aws_iam as iam,
  aws_kms as kms,
  aws_sns as sns,
  aws_sns_subscriptions as subscriptions,
} from "aws-cdk-lib";
import type { Construct } from "constructs";
import { type Environment, PLATFORM, TEAMS, type Team } from "../environments.ts";

/** Encrypted topics of each team, who reads them, and an alarm for when nobody does. */
export class AlertRoutes {
  private readonly scope: Stack;
  private readonly prefix: string;

  constructor(scope: Stack, environment: Environment, teams: Team[]) {
    this.scope = scope;
    this.prefix = `${PLATFORM}-${environment.name}`;
    const key = this.createKey();
    const routes = teams.map((team) => ({
      team,
      page: this.createTopic(key, team, "page"),
      ticket: this.createTopic(key, team, "ticket"),
    }));
    for (const { team, page } of routes) {
      const own = routes.find((route) => route.team === "platform")!;
      this.watch(team, page, team === "platform" ? own.ticket : own.page);
    }
  }

  private createKey(): kms.Key {
    const key = new kms.Key(this.scope, "alerts", {
      alias: `alias/${this.prefix}-alerts`,
      description: `Alarms of ${this.prefix} on their way to people`,
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: "Alarms",
        principals: [new iam.ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
        resources: ["*"],
        conditions: this.fromAlarms(),
      }),
    );
    return key;
  }

  private createTopic(key: kms.Key, team: Team, urgency: "page" | "ticket"): sns.Topic {
    const topic = new sns.Topic(this.scope, `${team}-${urgency}`, {
      topicName: `${this.prefix}-${team}-${urgency}`,
      displayName: `${this.prefix} ${urgency}`,
      masterKey: key,
      signatureVersion: "2",
      enforceSSL: true,
    });
    topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: "Alarms",
        principals: [new iam.ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [topic.topicArn],
        conditions: this.fromAlarms(),
      }),
    );
    topic.addSubscription(new subscriptions.EmailSubscription(TEAMS[team]));
    return topic;
  }

  private fromAlarms() {
    const { account, region } = this.scope;
    return {
      StringEquals: { "aws:SourceAccount": account },
      ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${region}:${account}:alarm:*` },
    };
  }

  private watch(team: Team, page: sns.Topic, tell: sns.Topic): void {
    const alarm = new cloudwatch.Alarm(this.scope, `${team}-undelivered`, {
      alarmDescription: `Pages of team ${team} are not delivered (email).`,
      metric: page.metricNumberOfNotificationsFailed({ period: Duration.minutes(5), statistic: "Sum" }),
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new actions.SnsAction(tell));
    alarm.addOkAction(new actions.SnsAction(tell));
  }
}

/** Changes of a region's alarms, on their way to the environment's bus. A target of a rule is a property of it here. */
export function forwardAlarms(scope: Stack, busArn: string, roleArn: string): void {
  new events.CfnRule(scope, "to-bus", {
    name: `${busArn.split("/").at(-1)}-${scope.region}`,
    description: `Alarms of ${scope.region} to bus ${busArn}`,
    eventPattern: { account: [scope.account], source: ["aws.cloudwatch"], "detail-type": ["CloudWatch Alarm State Change"] },
    targets: [{ id: "alarm-bus", arn: busArn, roleArn }],
  });
}

/** Where an environment's alarms go in the region of what is global. A stack is in one region here, so these have their own. */
export class GlobalAlertsStack extends Stack {
  constructor(scope: Construct, id: string, environment: Environment, bus: { arn: string; roleArn: string }, props: StackProps) {
    super(scope, id, props);
    new AlertRoutes(this, environment, ["platform"]);
    forwardAlarms(this, bus.arn, bus.roleArn);
  }
}
