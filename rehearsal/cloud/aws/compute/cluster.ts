import { isMap, type PropertyMap, unknown } from "@fairway/engine";
import type { Fail, Model } from "../../models/model.ts";
import { show, text, unordered } from "../../rules/text.ts";
import { arn, text as textOf } from "../names.ts";

/** Names of clusters, services and task definition families (ECS API reference). */
export const ecsName = text({ min: 1, max: 255, pattern: /^[\w-]+$/, allowed: "letters, digits, hyphens and underscores" });

/** ECS clusters and which capacity they offer. */
export const clusterModels: Model[] = [
  {
    type: "aws:ecs/cluster:Cluster",
    guarded: "foundation",
    autoName: { property: "name", max: 255 },
    rules: { name: ecsName },
    validate: (inputs, fail) => {
      for (const [index, setting] of (Array.isArray(inputs.settings) ? inputs.settings : []).entries()) {
        if (!isMap(setting) || setting.value === unknown) continue;
        if (setting.name !== "containerInsights")
          fail(`settings[${index}].name`, `${show(setting.name!)} is not allowed. Use containerInsights.`);
        if (!["enhanced", "enabled", "disabled"].includes(setting.value as string)) {
          fail(`settings[${index}].value`, `${show(setting.value!)} is not allowed. Use enhanced, enabled or disabled.`);
        }
      }
    },
    same: { settings: unordered },
    id: (making) => arn(making.place, "ecs", `cluster/${textOf(making.inputs, "name")}`),
    outputs: (made) => ({ arn: made.id, settings: made.inputs.settings ?? [{ name: "containerInsights", value: "disabled" }] }),
  },
  {
    type: "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
    validate: (inputs, fail) => {
      checkStrategies("defaultCapacityProviderStrategies", inputs, fail);
      const { capacityProviders: offered, defaultCapacityProviderStrategies: strategies } = inputs;
      if (!Array.isArray(strategies) || offered === unknown) return;
      for (const [index, strategy] of strategies.entries()) {
        const provider = isMap(strategy) ? strategy.capacityProvider : undefined;
        if (typeof provider === "string" && !(Array.isArray(offered) && offered.includes(provider))) {
          fail(
            `defaultCapacityProviderStrategies[${index}].capacityProvider`,
            `"${provider}" is not in capacityProviders. Add it there.`,
          );
        }
      }
    },
    same: { capacityProviders: unordered, defaultCapacityProviderStrategies: unordered },
    id: (making) => textOf(making.inputs, "clusterName"),
  },
];

/** Capacity provider strategies: weights, and one base at most (ECS API reference, CapacityProviderStrategyItem). */
export function checkStrategies(property: string, inputs: PropertyMap, fail: Fail): void {
  const strategies = inputs[property];
  if (!Array.isArray(strategies)) return;
  const items = strategies.filter(isMap);
  if (items.filter(({ base }) => typeof base === "number" && base > 0).length > 1) {
    fail(property, "two have a base, only one may. Keep it on FARGATE.");
  }
  if (items.length > 0 && items.every(({ weight }) => (weight ?? 0) === 0))
    fail(property, "no weight is above 0. Give one a weight.");
  for (const [index, { weight, base }] of items.entries()) {
    if (typeof weight === "number" && !(weight >= 0 && weight <= 1000))
      fail(`${property}[${index}].weight`, `${weight} is out of range. Use 0 to 1000.`);
    if (typeof base === "number" && !(base >= 0 && base <= 100_000))
      fail(`${property}[${index}].base`, `${base} is out of range. Use 0 to 100000.`);
  }
}
