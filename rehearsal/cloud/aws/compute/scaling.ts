import { isMap, type PropertyMap } from "@fairway/engine";
import type { Fail, Model } from "../../models/model.ts";
import { between, oneOf, text } from "../../rules/text.ts";
import { arn, text as textOf, uuid } from "../names.ts";

/** Application Auto Scaling: what is scaled, and by which rule. */
export const scalingModels: Model[] = [
  {
    type: "aws:appautoscaling/target:Target",
    rules: { minCapacity: between(0, 2_147_483_647), maxCapacity: between(0, 2_147_483_647) },
    validate: (inputs, fail) => {
      checkScaled(inputs, fail);
      const { minCapacity: min, maxCapacity: max } = inputs;
      if (typeof min === "number" && typeof max === "number" && min > max)
        fail("maxCapacity", `${max} is below minCapacity ${min}. Raise it.`);
    },
    id: (making) => textOf(making.inputs, "resourceId"),
    outputs: (made) => ({
      arn: arn(made.place, "application-autoscaling", `scalable-target/0ec5${made.hex("target", 28)}`),
      roleArn: made.inputs.roleArn ?? serviceRole(made.place.partition, made.place.accountId),
    }),
  },
  {
    type: "aws:appautoscaling/policy:Policy",
    autoName: { property: "name", max: 255 },
    defaults: { policyType: "StepScaling" },
    rules: { name: text({ min: 1, max: 255 }), policyType: oneOf("StepScaling", "TargetTrackingScaling", "PredictiveScaling") },
    validate: (inputs, fail) => {
      checkScaled(inputs, fail);
      checkPolicy(inputs, fail);
    },
    id: (making) => textOf(making.inputs, "name"),
    outputs: (made) => {
      const { place, inputs } = made;
      const resource = `resource/${textOf(inputs, "serviceNamespace")}/${textOf(inputs, "resourceId")}`;
      const tracking = inputs.policyType === "TargetTrackingScaling";
      const alarm = (kind: string) =>
        arn(place, "cloudwatch", `alarm:TargetTracking-${textOf(inputs, "resourceId")}-${kind}-${uuid(made, kind)}`);
      return {
        alarmArns: tracking ? [alarm("AlarmHigh"), alarm("AlarmLow")] : [],
        arn: arn(place, "autoscaling", `scalingPolicy:${uuid(made, "policy")}:${resource}:policyName/${textOf(inputs, "name")}`),
      };
    },
  },
];

function serviceRole(partition: string, account: string): string {
  return `arn:${partition}:iam::${account}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`;
}

/** Of ECS services, the three properties say the same thing thrice; AWS refuses one that disagrees. */
function checkScaled(inputs: PropertyMap, fail: Fail): void {
  const { serviceNamespace, scalableDimension, resourceId } = inputs;
  if (typeof serviceNamespace !== "string") return;
  if (typeof scalableDimension === "string" && !scalableDimension.startsWith(`${serviceNamespace}:`)) {
    fail("scalableDimension", `"${scalableDimension}" is not of ${serviceNamespace}. Begin it with ${serviceNamespace}:.`);
  }
  if (serviceNamespace === "ecs" && typeof resourceId === "string" && !/^service\/[\w-]+\/[\w-]+$/.test(resourceId)) {
    fail("resourceId", `"${resourceId}" is not an ECS service. Write it as service/CLUSTER/SERVICE.`);
  }
}

const CONFIGURATIONS: Record<string, string> = {
  StepScaling: "stepScalingPolicyConfiguration",
  TargetTrackingScaling: "targetTrackingScalingPolicyConfiguration",
  PredictiveScaling: "predictiveScalingPolicyConfiguration",
};

function checkPolicy(inputs: PropertyMap, fail: Fail): void {
  const needed = CONFIGURATIONS[String(inputs.policyType)];
  if (!needed) return;
  const configuration = inputs[needed];
  if (configuration === undefined) fail(needed, `is required for a policy of ${String(inputs.policyType)}. Set it.`);
  if (!isMap(configuration) || inputs.policyType !== "TargetTrackingScaling") return;
  const { predefinedMetricSpecification: predefined, customizedMetricSpecification: customized } = configuration;
  if ((predefined === undefined) === (customized === undefined)) {
    fail(needed, "exactly one of predefinedMetricSpecification and customizedMetricSpecification is needed. Set one.");
  }
  if (
    isMap(predefined) &&
    predefined.predefinedMetricType === "ALBRequestCountPerTarget" &&
    predefined.resourceLabel === undefined
  ) {
    fail(
      `${needed}.predefinedMetricSpecification.resourceLabel`,
      "is required for ALBRequestCountPerTarget. Set it to the load balancer's and target group's arnSuffix.",
    );
  }
  if (typeof configuration.targetValue === "number" && configuration.targetValue <= 0)
    fail(`${needed}.targetValue`, `${configuration.targetValue} is not above 0. Raise it.`);
}
