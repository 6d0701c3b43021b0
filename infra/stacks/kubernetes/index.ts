import { account as accountOutputs } from "@fairway/account/outputs";
import { checkPlace, clusterAccess, KubernetesCluster } from "@fairway/components";
import { network as networkOutputs } from "@fairway/network/outputs";
import { environmentOf, isProvided, type Platform, type ProvidedKubernetes, roleDefaults } from "@fairway/settings";
import * as pulumi from "@pulumi/pulumi";
import platform from "../../../platform.config.ts";
import { kubernetes as outputs } from "./outputs.ts";

/** The EKS cluster of an environment, in Auto Mode. What workloads stand on in it is `kubernetes-addons`. */
export default function kubernetes(settings: Platform = platform) {
  const environment = environmentOf(settings, pulumi.getStack());
  checkPlace(environment);
  if (!environment.runtimes.includes("kubernetes")) {
    throw new Error(
      `environment ${environment.name} does not run Kubernetes: its \`runtimes\` are ${environment.runtimes.join(", ")}. ` +
        `Add "kubernetes" in platform.config.ts, or leave this stack out.`,
    );
  }
  if (isProvided(environment.kubernetes)) return outputs.produce(describeProvided(environment.kubernetes));

  const { account, region, protect } = environment;
  const { version, clients } = environment.kubernetes;
  const config = new pulumi.Config();

  const cluster = new KubernetesCluster("kubernetes", {
    place: { account, region },
    clusterName: `${settings.name}-${environment.name}`,
    version,
    subnetIds: networkOutputs.read().privateSubnetIds,
    endpoint: settings.runners === "codebuild" ? "private" : { clients },
    dataKeyArn: accountOutputs.read().dataKeyArn,
    access: clusterAccess(settings, environment),
    roles: roleDefaults(settings, environment, "platform"),
    logDays: config.getNumber("logDays"),
    protect,
  });
  return outputs.produce({
    clusterName: cluster.clusterName,
    clusterArn: cluster.arn,
    endpoint: cluster.endpoint,
    certificateAuthority: cluster.certificateAuthority,
    securityGroupId: cluster.securityGroupId,
  });
}

/** What exists, as our own would be described. */
function describeProvided({ kind: _, ...given }: ProvidedKubernetes) {
  return given;
}
