import type { JsonMap, PlannedResource } from "@fairway/resources";
import type { Plan } from "../reading/plan.ts";
import { list, map, maps, number, text, unknown } from "../reading/values.ts";

/** Kinds that run several pods alike. */
export const REPLICATED = ["kubernetes:apps/v1:Deployment", "kubernetes:apps/v1:StatefulSet"];

/** The least number of pods that an object keeps: its own, or its autoscaler's; undefined while that is unknown. */
export function replicas(plan: Plan, resource: PlannedResource): number | undefined {
  const spec = map(resource.inputs.spec) ?? {};
  const scaler = plan
    .of("kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "kubernetes:autoscaling/v1:HorizontalPodAutoscaler")
    .find((each) => namespace(each) === namespace(resource) && scales(each, resource));
  if (scaler) return unknown(scaler, "spec.minReplicas") ? undefined : (number(map(scaler.inputs.spec)?.minReplicas) ?? 1);
  return unknown(resource, "spec.replicas") ? undefined : (number(spec.replicas) ?? 1);
}

function scales(scaler: PlannedResource, resource: PlannedResource): boolean {
  const target = map(map(scaler.inputs.spec)?.scaleTargetRef) ?? {};
  if (target.kind !== resource.type.split(":").at(-1)) return false;
  // The name may be one that Pulumi makes: then only where it comes from is known.
  return target.name === objectName(resource) || (scaler.propertyDependencies.spec?.includes(resource.urn) ?? false);
}

export function namespace({ inputs, outputs }: PlannedResource): string {
  return text(map(inputs.metadata)?.namespace) ?? text(map(outputs.metadata)?.namespace) ?? "default";
}

export function objectName({ inputs, outputs }: PlannedResource): string | undefined {
  return text(map(inputs.metadata)?.name) ?? text(map(outputs.metadata)?.name);
}

/** Whether a label selector takes an object with these labels. An empty one takes every object. */
export function selects(selector: JsonMap, labels: JsonMap): boolean {
  const wanted = Object.entries(map(selector.matchLabels) ?? {});
  return (
    wanted.every(([key, value]) => labels[key] === value) &&
    maps(selector.matchExpressions).every(({ key, operator, values }) => {
      const value = labels[String(key)];
      if (operator === "Exists") return value !== undefined;
      if (operator === "DoesNotExist") return value === undefined;
      return list(values).includes(value ?? null) === (operator === "In");
    })
  );
}
