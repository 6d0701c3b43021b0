import { isMap, type PropertyMap, type PropertyValue, unknown } from "@fairway/engine";
import type { Fail, Model } from "../../models/model.ts";
import { between, oneOf, show, unordered } from "../../rules/text.ts";
import { arn, lastPart, text } from "../names.ts";
import { checkStrategies, ecsName } from "./cluster.ts";

const STRATEGIES = ["ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"];

/** ECS services. What needs what: ECS API reference, CreateService; provider source, ecs/service.go. */
export const serviceModel: Model = {
  type: "aws:ecs/service:Service",
  autoName: { property: "name", max: 255 },
  defaults: {
    deploymentMaximumPercent: 200,
    deploymentMinimumHealthyPercent: 100,
    enableEcsManagedTags: false,
    enableExecuteCommand: false,
    schedulingStrategy: "REPLICA",
    waitForSteadyState: false,
  },
  rules: {
    name: ecsName,
    launchType: oneOf("EC2", "FARGATE", "EXTERNAL"),
    schedulingStrategy: oneOf("REPLICA", "DAEMON"),
    desiredCount: between(0, 5000),
    deploymentMinimumHealthyPercent: between(0, 100, "percent"),
    deploymentMaximumPercent: between(100, 200, "percent"),
    healthCheckGracePeriodSeconds: between(0, 2_147_483_647, "seconds"),
    propagateTags: oneOf("SERVICE", "TASK_DEFINITION", "NONE"),
    availabilityZoneRebalancing: oneOf("ENABLED", "DISABLED"),
  },
  validate: (inputs, fail) => {
    checkStrategies("capacityProviderStrategies", inputs, fail);
    checkTogether(inputs, fail);
    checkLoadBalancers(inputs, fail);
    checkDeployment(inputs.deploymentConfiguration, fail);
  },
  same: { capacityProviderStrategies: unordered, loadBalancers: unordered },
  id: (making) => arn(making.place, "ecs", `service/${clusterName(making.inputs)}/${text(making.inputs, "name")}`),
  outputs: (made) => ({
    arn: made.id,
    availabilityZoneRebalancing: made.inputs.availabilityZoneRebalancing ?? made.old?.availabilityZoneRebalancing ?? "ENABLED",
    cluster: made.inputs.cluster ?? arn(made.place, "ecs", "cluster/default"),
    desiredCount: made.inputs.desiredCount ?? 0,
    launchType: made.inputs.launchType ?? (made.inputs.capacityProviderStrategies === undefined ? "EC2" : ""),
    platformVersion: made.inputs.platformVersion ?? "LATEST",
    triggers: made.inputs.triggers ?? {},
  }),
};

/** A cluster may be given by name or by ARN. */
function clusterName(inputs: PropertyMap): string {
  return lastPart(text(inputs, "cluster")) || "default";
}

function checkTogether(inputs: PropertyMap, fail: Fail): void {
  const { launchType, capacityProviderStrategies, schedulingStrategy, deploymentController } = inputs;
  if (launchType !== undefined && capacityProviderStrategies !== undefined) {
    fail("launchType", "conflicts with capacityProviderStrategies. Remove one of them.");
  }
  if (schedulingStrategy === "DAEMON" && inputs.desiredCount !== undefined)
    fail("desiredCount", "is not for a DAEMON service. Remove it.");
  const external = isMap(deploymentController) && deploymentController.type === "EXTERNAL";
  if (!external && inputs.taskDefinition === undefined) fail("taskDefinition", "is required. Set it to a task definition's ARN.");
  if (inputs.triggers !== undefined && inputs.forceNewDeployment !== true)
    fail("triggers", "needs forceNewDeployment: true. Set it.");
  if (inputs.sigintRollback === true && inputs.waitForSteadyState !== true)
    fail("sigintRollback", "needs waitForSteadyState: true. Set it.");
  if (inputs.healthCheckGracePeriodSeconds !== undefined && inputs.loadBalancers === undefined) {
    fail("healthCheckGracePeriodSeconds", "is only for a service behind a load balancer. Remove it or set loadBalancers.");
  }
  const fargate = launchType === "FARGATE" || usesFargate(capacityProviderStrategies);
  if (fargate && inputs.networkConfiguration === undefined)
    fail("networkConfiguration", "is required for Fargate. Set its subnets.");
}

function usesFargate(strategies: PropertyValue | undefined): boolean {
  return (
    Array.isArray(strategies) &&
    strategies.some((strategy) => isMap(strategy) && String(strategy.capacityProvider).startsWith("FARGATE"))
  );
}

function checkLoadBalancers({ loadBalancers }: PropertyMap, fail: Fail): void {
  if (!Array.isArray(loadBalancers)) return;
  for (const [index, balancer] of loadBalancers.entries()) {
    if (!isMap(balancer)) continue;
    for (const property of ["containerName", "containerPort"]) {
      if (balancer[property] === undefined) fail(`loadBalancers[${index}].${property}`, "is required. Set it.");
    }
    if (balancer.targetGroupArn === undefined && balancer.elbName === undefined)
      fail(`loadBalancers[${index}].targetGroupArn`, "is required. Set it.");
  }
}

/** What each deployment strategy needs (ECS API reference, DeploymentConfiguration). */
function checkDeployment(configuration: PropertyValue | undefined, fail: Fail): void {
  if (!isMap(configuration) || configuration.strategy === unknown) return;
  const { strategy = "ROLLING", bakeTimeInMinutes, canaryConfiguration, linearConfiguration } = configuration;
  if (!STRATEGIES.includes(strategy as string)) {
    fail("deploymentConfiguration.strategy", `${show(strategy)} is not allowed. Use one of ${STRATEGIES.join(", ")}.`);
  }
  if (strategy === "CANARY" && canaryConfiguration === undefined)
    fail("deploymentConfiguration.canaryConfiguration", "is required for CANARY. Set it.");
  if (strategy === "LINEAR" && linearConfiguration === undefined)
    fail("deploymentConfiguration.linearConfiguration", "is required for LINEAR. Set it.");
  if (bakeTimeInMinutes === undefined || bakeTimeInMinutes === unknown) return;
  if (typeof bakeTimeInMinutes !== "string")
    fail("deploymentConfiguration.bakeTimeInMinutes", `${show(bakeTimeInMinutes)} must be text. Quote it.`);
  const reason = between(0, 1440, "minutes")(bakeTimeInMinutes, {});
  if (reason) fail("deploymentConfiguration.bakeTimeInMinutes", reason);
}
