import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Entrance, Step } from "./args.ts";
import type { Routing } from "./routing.ts";

/**
 * Keeps the number of tasks between `scale.min` and `scale.max`: more within a minute of need, fewer only after five quiet
 * minutes.
 *
 * With two measures the larger wish wins.
 */
export function createScaling(step: Step, entrance: pulumi.Output<Entrance>, routing: Routing, service: aws.ecs.Service): void {
  const { name, parent, args } = step;
  const { min, max, requestsPerMinute, cpuPercent } = args.contract.scale;
  const target = new aws.appautoscaling.Target(
    name,
    {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: pulumi.interpolate`service/${args.cluster.clusterName}/${service.name}`,
      minCapacity: min,
      maxCapacity: max,
      tags: args.tags,
    },
    { parent },
  );

  if (requestsPerMinute !== undefined) {
    follow("requests", requestsPerMinute, {
      predefinedMetricType: "ALBRequestCountPerTarget",
      resourceLabel: pulumi.interpolate`${entrance.arnSuffix}/${routing.targetGroup.arnSuffix}`,
    });
  }
  if (cpuPercent !== undefined) {
    follow("cpu", cpuPercent, { predefinedMetricType: "ECSServiceAverageCPUUtilization" });
  }

  function follow(
    measure: string,
    targetValue: number,
    predefinedMetricSpecification: { predefinedMetricType: string; resourceLabel?: pulumi.Input<string> },
  ) {
    new aws.appautoscaling.Policy(
      `${name}-${measure}`,
      {
        policyType: "TargetTrackingScaling",
        serviceNamespace: target.serviceNamespace,
        scalableDimension: target.scalableDimension,
        resourceId: target.resourceId,
        targetTrackingScalingPolicyConfiguration: {
          targetValue,
          predefinedMetricSpecification,
          scaleOutCooldown: 60,
          scaleInCooldown: 300,
        },
      },
      // The request metric is refused until the target group hangs from the load balancer.
      { parent, dependsOn: [routing.rule] },
    );
  }
}
