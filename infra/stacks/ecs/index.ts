import { checkPlace, Cluster } from "@fairway/components";
import { environmentOf, type Platform } from "@fairway/settings";
import * as pulumi from "@pulumi/pulumi";
import platform from "../../../platform.config.ts";
import { ecs as outputs } from "./outputs.ts";

/** The ECS cluster of an environment. It needs no network of its own: each service brings its subnets. */
export default function ecs(settings: Platform = platform) {
  const environment = environmentOf(settings, pulumi.getStack());
  checkPlace(environment);
  if (!environment.runtimes.includes("ecs")) {
    throw new Error(
      `environment ${environment.name} does not run ECS: its \`runtimes\` are ${environment.runtimes.join(", ")}. ` +
        `Add "ecs" in platform.config.ts, or leave this stack out.`,
    );
  }
  const { account, region, protect } = environment;
  const config = new pulumi.Config();

  const cluster = new Cluster("ecs", {
    place: { account, region },
    clusterName: `${settings.name}-${environment.name}`,
    containerInsights: config.get("containerInsights", { allowedValues: ["enhanced", "enabled", "disabled"] as const }),
    insightsLogDays: environment.observability.logDays,
    protect,
  });
  return outputs.produce({ clusterArn: cluster.arn, clusterName: cluster.clusterName, namespaceArn: cluster.namespaceArn });
}
