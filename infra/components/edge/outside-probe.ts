import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Alerting, notifying } from "../observability/alerting/alerting.ts";

/** Arguments of {@link OutsideProbe}. */
export interface OutsideProbeArgs {
  /** Host name that the probe asks, over HTTPS. */
  host: string;
  /** @default "/healthz" */
  path?: string;
  /** Whom its alarm wakes. The topics must be in us-east-1, see below. */
  alerting: Alerting;
  /** Last word on each child's arguments. */
  transform?: {
    healthCheck?: (args: aws.route53.HealthCheckArgs) => aws.route53.HealthCheckArgs;
    alarm?: (args: aws.cloudwatch.MetricAlarmArgs) => aws.cloudwatch.MetricAlarmArgs;
  };
}

/**
 * Asks from around the world whether the edge can be reached: name, certificate, firewall and load balancer, as a customer
 * meets them.
 *
 * Route 53 reports health checks to CloudWatch in us-east-1 only, wherever the edge is (Amazon Route 53 developer guide,
 * 2026-09). So the alarm is made there, and notifies topics there: those of `globalTopics` in the observability stack.
 *
 * Cost a month: $0.75 for a check of an address outside AWS's own, $2 for HTTPS, $0.10 for the alarm.
 */
export class OutsideProbe extends pulumi.ComponentResource {
  declare readonly alarmArn: pulumi.Output<string>;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: { healthCheck: aws.route53.HealthCheck; alarm: aws.cloudwatch.MetricAlarm };

  constructor(name: string, args: OutsideProbeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:OutsideProbe", name, {}, opts);
    const parent = this;
    const path = args.path ?? "/healthz";

    const healthCheck = createHealthCheck();
    const alarm = createAlarm();

    this.alarmArn = alarm.arn;
    this.nodes = { healthCheck, alarm };
    this.registerOutputs({ alarmArn: this.alarmArn });

    function createHealthCheck() {
      const wanted: aws.route53.HealthCheckArgs = {
        type: "HTTPS",
        fqdn: args.host,
        port: 443,
        resourcePath: path,
        enableSni: true,
        requestInterval: 30, // seconds, from each of some 16 places; 10 costs $1 more
        failureThreshold: 3,
        tags: { Name: name },
      };
      return new aws.route53.HealthCheck(name, args.transform?.healthCheck?.(wanted) ?? wanted, { parent });
    }

    function createAlarm() {
      const wanted: aws.cloudwatch.MetricAlarmArgs = {
        region: "us-east-1",
        ...notifying(args.alerting, {
          summary: `https://${args.host}${path} can't be reached from outside`,
          urgency: "page",
          runbook: "edge-unreachable",
        }),
        namespace: "AWS/Route53",
        metricName: "HealthCheckStatus",
        dimensions: { HealthCheckId: healthCheck.id },
        statistic: "Minimum",
        period: 60,
        evaluationPeriods: 3,
        datapointsToAlarm: 2,
        comparisonOperator: "LessThanThreshold",
        threshold: 1, // 1 is healthy, 0 is not
        treatMissingData: "breaching",
      };
      return new aws.cloudwatch.MetricAlarm(name, args.transform?.alarm?.(wanted) ?? wanted, { parent });
    }
  }
}
