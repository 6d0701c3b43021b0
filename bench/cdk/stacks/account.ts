import {
  Duration,
  RemovalPolicy,
  Stack,
  type StackProps,
  aws_accessanalyzer as accessanalyzer,
  aws_budgets as budgets,
  aws_ce as ce,
  aws_ec2 as ec2,
  aws_iam as iam,
  aws_kms as kms,
  aws_sns as sns,
  aws_sns_subscriptions as subscriptions,
} from "aws-cdk-lib";
import type { Construct } from "constructs";
import { policyDocument } from "../documents/read.ts";
import { PLATFORM, REPOSITORY, type Scope, TEAMS } from "../environments.ts";

const GITHUB = "token.actions.githubusercontent.com";

/** What an account needs before anything else: CI's roles and their limits, a data key, guards, a budget. */
export class AccountStack extends Stack {
  readonly dataKey: kms.Key;
  private readonly settings: Scope;
  /** Before the names of all that the account has once. */
  private readonly prefix: string;

  constructor(scope: Construct, id: string, settings: Scope, props: StackProps) {
    super(scope, id, props);
    this.settings = settings;
    this.prefix = `${PLATFORM}-${settings.name}`;
    this.managedPolicy("boundary", `The most that roles of ${settings.name} may be allowed`);
    this.createCiRoles();
    this.dataKey = this.createDataKey();
    this.createGuards();
    this.watchCost();
  }

  private managedPolicy(name: string, description?: string, document = name): iam.ManagedPolicy {
    return new iam.ManagedPolicy(this, name, {
      managedPolicyName: `${this.prefix}-${name}`,
      path: `/${PLATFORM}/`,
      description,
      document: policyDocument(document, this.settings),
    });
  }

  private createCiRoles(): void {
    const github = new iam.OidcProviderNative(this, "github", { url: `https://${GITHUB}`, clientIds: ["sts.amazonaws.com"] });
    const read = this.managedPolicy("ci-read");
    const fences = this.managedPolicy("ci-fences");
    const role = (name: string, subject: string, document: string, managedPolicies: iam.IManagedPolicy[]) => {
      const made = new iam.Role(this, `ci-${name}`, {
        roleName: `${this.prefix}-${name}`,
        path: `/${PLATFORM}/ci/`,
        description: `CI: ${name} in ${this.settings.name}`,
        maxSessionDuration: name === "preview" || name === "publish" ? Duration.hours(1) : Duration.hours(4),
        assumedBy: new iam.WebIdentityPrincipal(github.oidcProviderArn, {
          StringEquals: { [`${GITHUB}:aud`]: "sts.amazonaws.com", [`${GITHUB}:sub`]: [`repo:${REPOSITORY}:${subject}`] },
        }),
        managedPolicies,
      });
      new iam.Policy(this, `ci-${name}-policy`, {
        policyName: name,
        document: policyDocument(document, this.settings),
        roles: [made],
      });
    };
    role("preview", "ref:refs/heads/main", "ci-preview", [read]);
    role("deploy-platform", `environment:${this.settings.name}`, "ci-deploy-platform", []);
    for (const { name, subject, manages } of this.settings.ciRoles) {
      if (manages === "images") role(name, subject, "ci-publish", []);
      else
        role(name, subject, "ci-deploy-team", [
          read,
          fences,
          this.managedPolicy(`ci-${name}-routing`, undefined, "ci-deploy-team-routing"),
        ]);
    }
  }

  private createDataKey(): kms.Key {
    return new kms.Key(this, "data", {
      alias: `alias/${this.prefix}-data`,
      description: `Data of ${this.prefix}`,
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      policy: policyDocument("data-key", this.settings),
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** Without what CloudFormation can't say: encrypted volumes and version 2 of instance metadata by default, no public buckets. */
  private createGuards(): void {
    new accessanalyzer.CfnAnalyzer(this, "analyzer", { type: "ACCOUNT", analyzerName: this.prefix });
    new ec2.CfnSnapshotBlockPublicAccess(this, "snapshots", { state: "block-all-sharing" });
  }

  private watchCost(): void {
    const topic = new sns.Topic(this, "cost", { topicName: `${this.prefix}-cost`, masterKey: this.dataKey });
    topic.addSubscription(new subscriptions.EmailSubscription(TEAMS.platform));
    for (const service of ["budgets", "costalerts"])
      topic.addToResourcePolicy(
        new iam.PolicyStatement({
          sid: service,
          principals: [new iam.ServicePrincipal(`${service}.amazonaws.com`)],
          actions: ["sns:Publish"],
          resources: [topic.topicArn],
          conditions: { StringEquals: { "aws:SourceAccount": this.settings.account } },
        }),
      );
    const notification = (notificationType: string, threshold: number) => ({
      notification: { comparisonOperator: "GREATER_THAN", notificationType, threshold, thresholdType: "PERCENTAGE" },
      subscribers: [{ subscriptionType: "SNS", address: topic.topicArn }],
    });
    new budgets.CfnBudget(this, "budget", {
      budget: {
        budgetName: this.prefix,
        budgetType: "COST",
        timeUnit: "MONTHLY",
        budgetLimit: { amount: this.settings.monthlyUsd, unit: "USD" },
      },
      notificationsWithSubscribers: [notification("ACTUAL", 80), notification("ACTUAL", 100), notification("FORECASTED", 100)],
    });
    const monitor = new ce.CfnAnomalyMonitor(this, "anomalies", {
      monitorName: this.prefix,
      monitorType: "DIMENSIONAL",
      monitorDimension: "SERVICE",
    });
    new ce.CfnAnomalySubscription(this, "anomalies-subscription", {
      subscriptionName: this.prefix,
      frequency: "IMMEDIATE",
      monitorArnList: [monitor.attrMonitorArn],
      subscribers: [{ type: "SNS", address: topic.topicArn }],
      thresholdExpression: this.toJsonString({
        Dimensions: { Key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE", MatchOptions: ["GREATER_THAN_OR_EQUAL"], Values: ["20"] },
      }),
    });
  }
}
