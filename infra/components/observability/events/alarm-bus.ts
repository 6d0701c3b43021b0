import type { RoleDefaults } from "@fairway/settings";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { jsonDocument } from "../../documents/json.ts";
import { type Place, policyDocument, serviceTrust, type Statement } from "../../documents/policy.ts";

/** Arguments of {@link AlarmBus}. */
export interface AlarmBusArgs {
  place: Place;
  /** Name of the bus, and of what belongs to it. At most 40 characters: rules and archive are named after it. */
  busName: string;
  /** How long changes are kept, in log and archive: one of CloudWatch's retentions, in days. */
  days: number;
  /** Other regions with alarms of the environment, for example us-east-1, where Route 53 reports. @default none */
  otherRegions?: string[];
  /** Path and boundary of the role that carries events between buses. */
  roleDefaults: RoleDefaults;
  /** Last word on each child's arguments. */
  transform?: {
    bus?: (args: aws.cloudwatch.EventBusArgs) => aws.cloudwatch.EventBusArgs;
    logGroup?: (args: aws.cloudwatch.LogGroupArgs) => aws.cloudwatch.LogGroupArgs;
    archive?: (args: aws.cloudwatch.EventArchiveArgs) => aws.cloudwatch.EventArchiveArgs;
  };
}

/** What CloudWatch sends to an account's default bus when an alarm changes (CloudWatch user guide, "Alarm events", 2026-09). */
const ALARM_CHANGES = { source: ["aws.cloudwatch"], "detail-type": ["CloudWatch Alarm State Change"] };

/**
 * An event bus with every change of an alarm's state, for what acts on alarms: automation, reports, another company's tools. They
 * add rules here and never touch the alarms.
 *
 * All changes are also in a log group, where Logs Insights answers "how often did this alarm fire", and in an archive, which
 * can be replayed to a new rule.
 *
 * Cost a month (us-east-1): changes of alarms reach the first bus free; on the second $1 a million; log and archive $0.50 and $0.10
 * a GB. A change is some 2 kB, so a thousand a day are 0.06 GB: under $0.10.
 *
 * @example
 * new AlarmBus("alarm-bus", { place: environment, busName: "acme-dev-alarms", days: 30, roleDefaults: roleDefaults(…) });
 */
export class AlarmBus extends pulumi.ComponentResource {
  declare readonly arn: pulumi.Output<string>;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: {
    bus: aws.cloudwatch.EventBus;
    logGroup: aws.cloudwatch.LogGroup;
    archive: aws.cloudwatch.EventArchive;
  };

  constructor(name: string, args: AlarmBusArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:AlarmBus", name, {}, opts);
    const parent = this;
    const { busName, days, place, transform } = args;
    const { account, region } = place;

    const bus = createBus();
    const carrier = createCarrier();
    forwardFrom(region);
    for (const other of args.otherRegions ?? []) forwardFrom(other);
    const logGroup = keepLog();
    const archive = keepArchive();

    this.arn = bus.arn;
    this.nodes = { bus, logGroup, archive };
    this.registerOutputs({ arn: this.arn });

    function createBus() {
      const wanted: aws.cloudwatch.EventBusArgs = { name: busName, description: "Every change of an alarm's state" };
      return new aws.cloudwatch.EventBus(name, transform?.bus?.(wanted) ?? wanted, { parent });
    }

    /** The role as which rules of default buses put events on ours. */
    function createCarrier() {
      const trust = serviceTrust("events.amazonaws.com", account, `arn:aws:events:*:${account}:rule/${busName}-*`);
      const role = new aws.iam.Role(
        name,
        { ...args.roleDefaults, description: `Carries changes of alarms to ${busName}`, assumeRolePolicy: jsonDocument(trust) },
        { parent },
      );
      const statements = bus.arn.apply((arn) =>
        policyDocument([{ Sid: "PutEvents", Action: "events:PutEvents", Resource: arn }]),
      );
      new aws.iam.RolePolicy(name, { role: role.id, policy: jsonDocument(statements) }, { parent });
      return role;
    }

    function forwardFrom(origin: string) {
      const child = `${name}-from-${origin}`;
      const rule = new aws.cloudwatch.EventRule(
        child,
        {
          region: origin,
          name: `${busName}-${origin}`,
          description: `Alarms of ${origin} to bus ${busName} in ${region}`,
          eventPattern: jsonDocument({ ...ALARM_CHANGES, account: [account] }),
        },
        { parent },
      );
      new aws.cloudwatch.EventTarget(
        child,
        { region: origin, rule: rule.name, targetId: "alarm-bus", arn: bus.arn, roleArn: carrier.arn },
        { parent },
      );
    }

    function keepLog() {
      // EventBridge's console offers only groups below /aws/events.
      const wanted: aws.cloudwatch.LogGroupArgs = { name: `/aws/events/${busName}`, retentionInDays: days };
      const group = new aws.cloudwatch.LogGroup(name, transform?.logGroup?.(wanted) ?? wanted, { parent });
      const rule = new aws.cloudwatch.EventRule(
        `${name}-log`,
        {
          name: `${busName}-log`,
          eventBusName: bus.name,
          description: `Everything on bus ${busName} to its log group`,
          eventPattern: jsonDocument({ source: ALARM_CHANGES.source }),
        },
        { parent },
      );
      const statements = pulumi.all([group.arn, rule.arn]).apply(([log, of]) => policyDocument(logStatements(log, of)));
      const policy = new aws.cloudwatch.LogResourcePolicy(
        name,
        { policyName: busName, policyDocument: jsonDocument(statements) },
        { parent },
      );
      new aws.cloudwatch.EventTarget(
        `${name}-log`,
        { rule: rule.name, eventBusName: bus.name, targetId: "log", arn: group.arn },
        { parent, dependsOn: [policy] },
      );
      return group;
    }

    function keepArchive() {
      const wanted: aws.cloudwatch.EventArchiveArgs = { name: busName, eventSourceArn: bus.arn, retentionDays: days };
      return new aws.cloudwatch.EventArchive(name, transform?.archive?.(wanted) ?? wanted, { parent });
    }
  }
}

/** Who writes the log: EventBridge for the one rule, under either of its names (EventBridge user guide, 2026-09). */
export function logStatements(logGroupArn: string, ruleArn: string): Statement[] {
  const resource = `${logGroupArn}:*`;
  return [
    ["Rules", "events.amazonaws.com"],
    ["Delivery", "delivery.logs.amazonaws.com"],
  ].flatMap(([sid, service]) => [
    { Sid: `${sid}CreateStream`, Principal: { Service: service as string }, Action: "logs:CreateLogStream", Resource: resource },
    {
      Sid: `${sid}PutEvents`,
      Principal: { Service: service as string },
      Action: "logs:PutLogEvents",
      Resource: resource,
      Condition: { ArnEquals: { "aws:SourceArn": ruleArn } },
    },
  ]);
}
