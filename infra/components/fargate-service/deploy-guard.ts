import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { notifying } from "../observability/alerting/alerting.ts";
import type { Entrance, Step } from "./args.ts";

/** Share of requests, in percent, that may fail before a deployment is rolled back. */
const TOLERATED = 5;
/** Requests a minute below which a share says nothing. */
const ENOUGH = 10;

/**
 * The alarm that rolls a bad deployment back, and wakes the service's team: the service answers over 5 % of its requests with 5xx
 * in two of three minutes.
 *
 * It watches the target group, not the load balancer: another service's failure must not undo this one's release.
 *
 * Cost: $0.20 a month, for two metrics.
 */
export function createErrorAlarm(
  { name, parent, args }: Step,
  entrance: pulumi.Output<Entrance>,
  targetGroup: aws.lb.TargetGroup,
): aws.cloudwatch.MetricAlarm {
  const dimensions = { LoadBalancer: entrance.arnSuffix, TargetGroup: targetGroup.arnSuffix };
  const wanted: aws.cloudwatch.MetricAlarmArgs = {
    ...notifying(args.alerting, {
      summary: `${name} answers over ${TOLERATED} % of its requests with 5xx`,
      urgency: "page",
      runbook: "service-errors",
    }),
    metricQueries: [
      { id: "errors", metric: metric("HTTPCode_Target_5XX_Count"), returnData: false },
      { id: "requests", metric: metric("RequestCount"), returnData: false },
      {
        id: "share",
        // The count of errors is missing while there are none, not zero.
        expression: `IF(requests > ${ENOUGH}, 100 * FILL(errors, 0) / requests, 0)`,
        label: "Requests answered with 5xx, in percent",
        returnData: true,
      },
    ],
    comparisonOperator: "GreaterThanThreshold",
    threshold: TOLERATED,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    treatMissingData: "notBreaching",
    tags: args.tags,
  };
  return new aws.cloudwatch.MetricAlarm(`${name}-errors`, args.transform?.errorAlarm?.(wanted) ?? wanted, { parent });

  function metric(metricName: string) {
    return { namespace: "AWS/ApplicationELB", metricName, dimensions, period: 60, stat: "Sum" };
  }
}
