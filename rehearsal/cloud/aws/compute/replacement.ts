import { isMap, type PropertyValue } from "@fairway/engine";
import type { Change, Replacements } from "../../models/model.ts";
import { REGION, generallyKnown, read } from "../sources.ts";

/** What forces replacement; see ../replacement.ts. */
export const computeReplacement: Record<string, Replacements> = {
  "aws:ecs/cluster:Cluster": { source: read("ecs/cluster.go"), properties: [REGION, "name"] },
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": {
    source: generallyKnown("ecs/cluster_capacity_providers.go"),
    properties: [REGION, "clusterName"],
  },
  "aws:ecs/taskDefinition:TaskDefinition": {
    source: read("ecs/task_definition.go"),
    properties: [
      REGION,
      "containerDefinitions",
      "cpu",
      "enableFaultInjection",
      "ephemeralStorage",
      "executionRoleArn",
      "family",
      "ipcMode",
      "memory",
      "networkMode",
      "pidMode",
      "placementConstraints",
      "proxyConfiguration",
      "requiresCompatibilities",
      "runtimePlatform",
      "taskRoleArn",
      "volumes",
    ],
  },
  "aws:ecs/service:Service": {
    source: read("ecs/service.go"),
    properties: [REGION, "name", "cluster", "launchType", "schedulingStrategy", "iamRole"],
    sometimes: { capacityProviderStrategies: needsNewService, deploymentController: changesControllerType },
  },
  "aws:appautoscaling/target:Target": {
    source: generallyKnown("appautoscaling/target.go"),
    properties: [REGION, "resourceId", "scalableDimension", "serviceNamespace"],
  },
  "aws:appautoscaling/policy:Policy": {
    source: generallyKnown("appautoscaling/policy.go"),
    properties: [REGION, "name", "resourceId", "scalableDimension", "serviceNamespace"],
  },
  "aws:servicediscovery/httpNamespace:HttpNamespace": {
    source: generallyKnown("servicediscovery/http_namespace.go"),
    properties: [REGION, "name"],
  },
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": {
    source: generallyKnown("servicediscovery/private_dns_namespace.go"),
    properties: [REGION, "name", "vpc"],
  },
};

/** A strategy changes in place only with forceNewDeployment; from none to some and back it never does. */
function needsNewService({ oldValue, newValue, newInputs }: Change): boolean {
  const has = (value: PropertyValue | undefined) => Array.isArray(value) && value.length > 0;
  return has(oldValue) !== has(newValue) || newInputs.forceNewDeployment !== true;
}

function changesControllerType({ oldValue, newValue }: Change): boolean {
  const type = (value: PropertyValue | undefined) => (isMap(value) ? (value.type ?? "ECS") : "ECS");
  return type(oldValue) !== type(newValue);
}
