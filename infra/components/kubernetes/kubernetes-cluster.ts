import type { RoleDefaults } from "@fairway/settings";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../documents/policy.ts";
import { type ClusterAccess, grantAccess, refuseSharedPrincipals } from "./access.ts";
import { createRoles } from "./roles.ts";

/** Arguments of {@link KubernetesCluster}. */
export interface KubernetesClusterArgs {
  place: Place;
  /** Name of the cluster, unique in account and region; another name is another cluster. */
  clusterName: string;
  /** Kubernetes' minor version, for example "1.35". AWS goes up one minor version at a time, and never down. */
  version: string;
  /** Subnets in two zones at least, with a way out: nodes run in them, and the control plane reaches into them. */
  subnetIds: pulumi.Input<string[]>;
  /** Who may reach the API; see {@link Endpoint}. */
  endpoint: Endpoint;
  /**
   * Key that encrypts secrets, volumes and the control plane's log. It can't be changed later, and a cluster without its key is
   * lost. Its policy must let the account's IAM policies decide, and CloudWatch Logs use it.
   */
  dataKeyArn: pulumi.Input<string>;
  /** Who may do what with the cluster's API. Nobody else may, not even the role that makes the cluster. */
  access: ClusterAccess[];
  /** Path and permissions boundary of the cluster's and the nodes' roles. */
  roles: RoleDefaults;
  /** Which parts of the control plane write a log. @default all five: api, audit, authenticator, controllerManager, scheduler */
  logTypes?: LogType[];
  /** Days that the control plane's log is kept. @default 90 */
  logDays?: number;
  /** Protects the cluster from deletion, in AWS and in Pulumi. */
  protect: boolean;
  /** Last word on each child's arguments. */
  transform?: {
    cluster?: (args: aws.eks.ClusterArgs) => aws.eks.ClusterArgs;
    clusterRole?: (args: aws.iam.RoleArgs) => aws.iam.RoleArgs;
    nodeRole?: (args: aws.iam.RoleArgs) => aws.iam.RoleArgs;
    logs?: (args: aws.cloudwatch.LogGroupArgs) => aws.cloudwatch.LogGroupArgs;
  };
}

/**
 * From where the cluster's API is reached. IAM decides in any case; this is a second gate before it.
 *
 * - `"private"`: from inside the network only. CI needs runners in it.
 * - `{ clients }`: from these ranges too. An empty list is every address: GitHub's own runners have no fixed ones, so a list that
 *   names some shuts them out, and is for runners or a VPN with addresses of their own.
 */
export type Endpoint = "private" | { clients: string[] };

export type LogType = (typeof LOG_TYPES)[number];

const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

/**
 * An EKS cluster in Auto Mode: AWS runs nodes, storage, pod networking and DNS; nothing is to be installed for them. Its nodes
 * live 21 days at most, so that whatever runs there needs two replicas and a disruption budget.
 *
 * Access is by IAM and access entries alone (no aws-auth), for who is named in `access`. Zonal shift is not offered: Auto Mode
 * does not support it (EKS user guide, 2026-09).
 *
 * Cost a month (us-east-1): control plane 0.10 × 730 h = $73; nodes as EC2 on demand, and 12 % of that for Auto Mode: two
 * m6i.large 2 × 0.096 × 730 × 1.12 = $157; the control plane's log $0.50/GB. After standard support ends a version costs 0.60 × 730
 * h = $438 in extended support, which this cluster refuses: AWS upgrades it then.
 *
 * @example
 * new KubernetesCluster("kubernetes", {
 *   place: environment, clusterName: "acme-dev", version: "1.35", subnetIds: network.privateSubnetIds,
 *   endpoint: { clients: [] }, dataKeyArn, access: clusterAccess(platform, environment),
 *   roles: roleDefaults(platform, environment, "platform"), protect: environment.protect,
 * });
 */
export class KubernetesCluster extends pulumi.ComponentResource {
  declare readonly arn: pulumi.Output<string>;
  declare readonly clusterName: pulumi.Output<string>;
  /** HTTPS address of its API. */
  declare readonly endpoint: pulumi.Output<string>;
  /** Base64. */
  declare readonly certificateAuthority: pulumi.Output<string>;
  /** The cluster's own security group, which its nodes and so its pods carry. */
  declare readonly securityGroupId: pulumi.Output<string>;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: {
    cluster: aws.eks.Cluster;
    clusterRole: aws.iam.Role;
    nodeRole: aws.iam.Role;
    logs: aws.cloudwatch.LogGroup;
    /** By name in `access`. */
    accessEntries: Record<string, aws.eks.AccessEntry>;
  };

  constructor(name: string, args: KubernetesClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:KubernetesCluster", name, {}, opts);
    refuseSharedPrincipals(name, args.access);
    const parent = this;

    const { clusterRole, nodeRole, policies } = createRoles(name, args, parent);
    const logs = createLogs();
    const cluster = createCluster();
    const accessEntries = grantAccess(name, cluster, args.access, parent);

    this.arn = cluster.arn;
    this.clusterName = cluster.name;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.apply(({ data }) => data!);
    this.securityGroupId = cluster.vpcConfig.apply((vpc) => vpc.clusterSecurityGroupId ?? onlyKnownLater());
    this.nodes = { cluster, clusterRole, nodeRole, logs, accessEntries };
    this.registerOutputs({ arn: this.arn, clusterName: this.clusterName, endpoint: this.endpoint });

    /** EKS would make the group itself: kept for ever, and without our key. */
    function createLogs() {
      const wanted: aws.cloudwatch.LogGroupArgs = {
        name: `/aws/eks/${args.clusterName}/cluster`,
        retentionInDays: args.logDays ?? 90,
        kmsKeyId: args.dataKeyArn,
      };
      return new aws.cloudwatch.LogGroup(`${name}-control-plane`, args.transform?.logs?.(wanted) ?? wanted, { parent });
    }

    function createCluster() {
      const wanted: aws.eks.ClusterArgs = {
        name: args.clusterName,
        version: args.version,
        roleArn: clusterRole.arn,
        accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
        // Auto Mode: all of these together, or AWS refuses them.
        bootstrapSelfManagedAddons: false,
        computeConfig: { enabled: true, nodePools: ["general-purpose", "system"], nodeRoleArn: nodeRole.arn },
        kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
        storageConfig: { blockStorage: { enabled: true } },
        vpcConfig: { subnetIds: args.subnetIds, endpointPrivateAccess: true, ...publicAccess(args.endpoint) },
        encryptionConfig: { provider: { keyArn: args.dataKeyArn }, resources: ["secrets"] },
        enabledClusterLogTypes: [...(args.logTypes ?? LOG_TYPES)],
        upgradePolicy: { supportType: "STANDARD" },
        deletionProtection: args.protect,
      };
      return new aws.eks.Cluster(name, args.transform?.cluster?.(wanted) ?? wanted, {
        parent,
        protect: args.protect,
        // Without its policies a cluster that goes leaves network interfaces and security groups behind.
        dependsOn: [...policies, logs],
      });
    }
  }
}

/** The public half of the endpoint. The ranges are always said: AWS's default would hide that a list became empty. */
export function publicAccess(endpoint: Endpoint) {
  if (endpoint === "private") return { endpointPublicAccess: false };
  const publicAccessCidrs = endpoint.clients.length > 0 ? [...endpoint.clients].sort() : ["0.0.0.0/0"];
  return { endpointPublicAccess: true, publicAccessCidrs };
}

/** In a preview the cluster's `vpcConfig` may hold only what the program said of it, and not yet what AWS adds. */
function onlyKnownLater(): pulumi.Output<string> {
  if (!pulumi.runtime.isDryRun())
    throw new Error("AWS made a cluster without a security group. Look at it: aws eks describe-cluster.");
  return pulumi.output(pulumi.unknown) as unknown as pulumi.Output<string>;
}
