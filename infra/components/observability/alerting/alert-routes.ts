import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { jsonDocument } from "../../documents/json.ts";
import { type Place, policyDocument } from "../../documents/policy.ts";
import { type Alerting, notifying, type TeamTopics } from "./alerting.ts";
import { alertKeyStatements, topicStatements } from "./policies.ts";

/** Arguments of {@link AlertRoutes}. */
export interface AlertRoutesArgs {
  /** Alarms notify topics of their own region only: there is one of this component for each region with alarms. */
  place: Place;
  /** What topics and key are named after, for example `acme-dev`: `acme-dev-shopping-page`. */
  prefix: string;
  /** By team: where a page and a ticket go, each an email address or an HTTPS webhook. */
  teams: Record<string, { page: string; ticket: string }>;
  /** The team that hears when pages of another team are not delivered. One of `teams`. */
  operator: string;
  /** See `Alerting`. */
  runbook: Alerting["runbook"];
  /** Protects key and topics from deletion: who confirmed a subscription by email would have to do so again. */
  protect: boolean;
  /** Last word on each child's arguments. */
  transform?: {
    key?: (args: aws.kms.KeyArgs) => aws.kms.KeyArgs;
    topic?: (args: aws.sns.TopicArgs) => aws.sns.TopicArgs;
    subscription?: (args: aws.sns.TopicSubscriptionArgs) => aws.sns.TopicSubscriptionArgs;
    undeliveredAlarm?: (args: aws.cloudwatch.MetricAlarmArgs) => aws.cloudwatch.MetricAlarmArgs;
  };
}

/** Failed deliveries in five minutes. To a webhook each of some 15 tries counts, to an address only the last. */
const UNDELIVERED = { https: 5, email: 1 };

/**
 * Two encrypted topics a team, `page` and `ticket`, with who hears of them, and an alarm for pages that do not arrive.
 *
 * Who gets a page or a ticket by email must confirm it once, by the link in SNS's first message. A webhook must confirm by
 * itself, as pagers do.
 *
 * The key is the topics' own: AWS's default key for SNS does not let alarms in, and who may use a key of all data should not
 * follow from who sends alarms.
 *
 * Cost a month (us-east-1): the key $1, an alarm a team $0.10; a thousand emails free, then $2 per 100,000; webhooks $0.06 per
 * 100,000.
 *
 * @example
 * new AlertRoutes("alerts", {
 *   place: environment, prefix: "acme-dev", teams: settings.teams, operator: platformTeam(settings),
 *   runbook: (name) => runbookUrl(settings, name), protect: environment.protect,
 * });
 */
export class AlertRoutes extends pulumi.ComponentResource {
  /** ARNs by team, known once alarms may publish there. */
  declare readonly topics: pulumi.Output<Record<string, TeamTopics>>;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: { key: aws.kms.Key; topics: Record<string, Record<keyof TeamTopics, aws.sns.Topic>> };

  constructor(name: string, args: AlertRoutesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:AlertRoutes", name, {}, opts);
    const parent = this;
    const { place, prefix, protect, transform } = args;
    const { region } = place;
    refuseUnknownOperator(args);

    const key = createKey();
    const open: Record<string, Record<keyof TeamTopics, pulumi.Output<string>>> = {};
    const topics: Record<string, Record<keyof TeamTopics, aws.sns.Topic>> = {};
    for (const team of Object.keys(args.teams).sort()) createTeam(team);
    for (const team of Object.keys(args.teams).sort()) watchPages(team);

    this.topics = pulumi.output(open);
    this.nodes = { key, topics };
    this.registerOutputs({ topics: this.topics });

    function createKey() {
      const wanted: aws.kms.KeyArgs = {
        region,
        description: `Alarms of ${prefix} on their way to people`,
        enableKeyRotation: true, // off by default
        deletionWindowInDays: 30,
        policy: jsonDocument(policyDocument(alertKeyStatements(place))),
      };
      const made = new aws.kms.Key(name, transform?.key?.(wanted) ?? wanted, { parent, protect });
      new aws.kms.Alias(name, { region, name: `alias/${prefix}-alerts`, targetKeyId: made.keyId }, { parent });
      return made;
    }

    function createTeam(team: string) {
      const [page, ticket] = [createTopic(team, "page"), createTopic(team, "ticket")];
      topics[team] = { page: page.topic, ticket: ticket.topic };
      open[team] = { page: page.arn, ticket: ticket.arn };
    }

    function createTopic(team: string, urgency: keyof TeamTopics) {
      const child = `${name}-${team}-${urgency}`;
      const wanted: aws.sns.TopicArgs = {
        region,
        name: `${prefix}-${team}-${urgency}`,
        displayName: `${prefix} ${urgency}`,
        kmsMasterKeyId: key.arn,
        signatureVersion: 2, // SHA-256, for receivers that check who sent it
      };
      const topic = new aws.sns.Topic(child, transform?.topic?.(wanted) ?? wanted, { parent, protect });
      const statements = topic.arn.apply((arn) => policyDocument(topicStatements(arn, place)));
      const policy = new aws.sns.TopicPolicy(child, { region, arn: topic.arn, policy: jsonDocument(statements) }, { parent });
      subscribe(child, topic, args.teams[team]![urgency]);
      return { topic, arn: policy.arn };
    }

    function subscribe(child: string, topic: aws.sns.Topic, endpoint: string) {
      const protocol = protocolOf(endpoint);
      const wanted: aws.sns.TopicSubscriptionArgs = {
        region,
        topic: topic.arn,
        protocol,
        endpoint,
        // The update waits until the webhook has confirmed: one that never does would lose every page without a word.
        ...(protocol === "https" ? { endpointAutoConfirms: true, confirmationTimeoutInMinutes: 5 } : {}),
      };
      new aws.sns.TopicSubscription(child, transform?.subscription?.(wanted) ?? wanted, { parent });
    }

    function watchPages(team: string) {
      const topic = topics[team]!.page;
      const protocol = protocolOf(args.teams[team]!.page);
      const summary = `Pages of team ${team} are not delivered (${protocol})`;
      const notice = { summary, urgency: "page", runbook: "pages-not-delivered" } as const;
      const { okActions, alarmActions, ...described } = notifying({ ...detour(team), runbook: args.runbook }, notice);
      const wanted: aws.cloudwatch.MetricAlarmArgs = {
        region,
        ...described,
        alarmActions,
        okActions,
        namespace: "AWS/SNS",
        metricName: "NumberOfNotificationsFailed",
        dimensions: { TopicName: topic.name },
        statistic: "Sum",
        period: 300,
        evaluationPeriods: 1,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        threshold: UNDELIVERED[protocol],
        treatMissingData: "notBreaching", // nothing was published
      };
      const child = `${name}-${team}-undelivered`;
      new aws.cloudwatch.MetricAlarm(child, transform?.undeliveredAlarm?.(wanted) ?? wanted, { parent });
    }

    /** Not the way that is broken: the operator's pager, and for the operator's own pages its tickets. */
    function detour(team: string) {
      const own = open[team]!;
      const page = team === args.operator ? own.ticket : open[args.operator]!.page;
      return { page, ticket: own.ticket };
    }
  }
}

/** How SNS reaches a route of settings. */
export function protocolOf(endpoint: string): "email" | "https" {
  return endpoint.startsWith("https://") ? "https" : "email";
}

function refuseUnknownOperator({ operator, teams }: AlertRoutesArgs): void {
  if (operator in teams) return;
  throw new Error(
    `operator "${operator}" is none of the teams ${Object.keys(teams).join(", ")}: it hears when their pages are not delivered, ` +
      `so it needs routes of its own. Name one of them.`,
  );
}
