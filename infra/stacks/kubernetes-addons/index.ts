import { account as accountOutputs } from "@fairway/account/outputs";
import {
  checkPlace,
  ClusterDefaults,
  ClusterTelemetry,
  kubeconfig,
  type NetworkRanges,
  subnetLayout,
  TargetGroupGuard,
  TeamNamespace,
} from "@fairway/components";
import { kubernetes as kubernetesOutputs } from "@fairway/kubernetes/outputs";
import { network as networkOutputs } from "@fairway/network/outputs";
import { type Environment, environmentOf, isProvided, type Platform, roleDefaults } from "@fairway/settings";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import platform from "../../../platform.config.ts";
import { kubernetesAddons as outputs } from "./outputs.ts";
import { targetGroupNamespaces } from "./services.ts";

/** What workloads on a cluster stand on: our own cluster or a provided one, with Auto Mode either way. */
export default function kubernetesAddons(settings: Platform = platform) {
  const environment = environmentOf(settings, pulumi.getStack());
  checkPlace(environment);
  if (!environment.runtimes.includes("kubernetes")) {
    throw new Error(
      `environment ${environment.name} does not run Kubernetes: its \`runtimes\` are ${environment.runtimes.join(", ")}. ` +
        `Add "kubernetes" in platform.config.ts, or leave this stack out.`,
    );
  }
  const { account, region, protect } = environment;
  const config = new pulumi.Config();
  const teams = Object.keys(settings.teams).sort();
  const cluster = kubernetesOutputs.read();
  const { dataKeyArn } = accountOutputs.read();
  const providers = { kubernetes: connect() };

  const defaults = new ClusterDefaults(
    "addons",
    {
      prefix: settings.name,
      dataKeyArn,
      defaultStorage: config.getBoolean("defaultStorage"),
      enforceNetworkPolicies: config.getBoolean("enforceNetworkPolicies"),
    },
    { providers },
  );
  const namespaces = createNamespaces();
  new TargetGroupGuard(
    "addons-target-groups",
    { namespaces: targetGroupNamespaces(config.getObject<string[]>("services") ?? [], teams) },
    { providers },
  );
  const telemetry = new ClusterTelemetry("addons-telemetry", {
    place: { account, region },
    clusterName: cluster.clusterName,
    clusterArn: cluster.clusterArn,
    logDays: environment.observability.logDays,
    dataKeyArn,
    roles: roleDefaults(settings, environment, "platform"),
    metricsServer: config.getBoolean("metricsServer"),
    versions: { observability: config.get("observabilityVersion"), metricsServer: config.get("metricsServerVersion") },
  });

  return outputs.produce({
    namespaces: pulumi.output(namespaces),
    servicePriorityClass: defaults.servicePriorityClass,
    storageClass: defaults.storageClass,
    otlpEndpoint: telemetry.otlpEndpoint,
  });

  /** The cluster's ARN says which cluster it is, so that another endpoint or certificate does not make everything anew. */
  function connect() {
    const { clusterName, endpoint, certificateAuthority } = cluster;
    const address = pulumi.all([clusterName, endpoint, certificateAuthority]);
    return new kubernetes.Provider("cluster", {
      kubeconfig: address.apply(([name, at, authority]) =>
        kubeconfig({ clusterName: name, endpoint: at, certificateAuthority: authority, region }),
      ),
      clusterIdentifier: cluster.clusterArn,
    });
  }

  function createNamespaces() {
    const ranges = networkOutputs.read().cidr.apply((cidr) => networkRanges(environment, cidr));
    return Object.fromEntries(
      teams.map((team) => {
        const { namespace } = new TeamNamespace(
          `addons-${team}`,
          {
            team,
            ranges,
            quota: {
              cpu: config.getNumber("cpuPerTeam") ?? 20,
              memory: config.getNumber("memoryPerTeam") ?? 40,
              pods: config.getNumber("podsPerTeam") ?? 100,
              storage: config.getNumber("storagePerTeam") ?? 200,
            },
            protect,
          },
          { providers },
        );
        return [team, namespace];
      }),
    );
  }
}

/** Load balancers of ours that are public only have their addresses in the public subnets; of others nothing is known. */
function networkRanges({ network, edge, zones }: Environment, cidr: string): NetworkRanges {
  const isKnown = !isProvided(network) && !isProvided(edge) && !edge.internal;
  return { network: cidr, loadBalancers: isKnown ? subnetLayout(cidr, zones.length).public : [cidr] };
}
