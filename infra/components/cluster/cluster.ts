import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { jsonDocument } from "../documents/json.ts";
import { type Place, policyDocument } from "../documents/policy.ts";

/** Arguments of {@link Cluster}. */
export interface ClusterArgs {
  place: Place;
  /** Name of the cluster, unique in account and region. Its log groups and key alias are named after it. */
  clusterName: string;
  /** Container Insights: `enhanced` adds metrics of each task and container. @default "enabled" */
  containerInsights?: "enhanced" | "enabled" | "disabled";
  /** How long the events are kept from which Container Insights makes its metrics. @default 30 */
  insightsLogDays?: number;
  /** How long the record of `ecs execute-command` sessions is kept. @default 90 */
  sessionLogDays?: number;
  /** Protects cluster, namespace and key from deletion. */
  protect: boolean;
  /** Last word on each child's arguments. */
  transform?: {
    cluster?: (args: aws.ecs.ClusterArgs) => aws.ecs.ClusterArgs;
    capacityProviders?: (args: aws.ecs.ClusterCapacityProvidersArgs) => aws.ecs.ClusterCapacityProvidersArgs;
    key?: (args: aws.kms.KeyArgs) => aws.kms.KeyArgs;
  };
}

/**
 * An ECS cluster on Fargate and Fargate Spot, with Container Insights, a namespace for services that call one another, and
 * encrypted, recorded shell sessions. The disks of tasks are encrypted by Fargate with a key of AWS's.
 *
 * Cost a month (us-east-1): the cluster and namespace nothing; the session key $1; Container Insights about 8 metrics a
 * service at $0.30, so some $2.40 a service, and $0.50/GB of its log events.
 *
 * @example
 * new Cluster("ecs", { place: environment, clusterName: "acme-dev", protect: environment.protect });
 */
export class Cluster extends pulumi.ComponentResource {
  declare readonly arn: pulumi.Output<string>;
  declare readonly clusterName: pulumi.Output<string>;
  /** Cloud Map namespace in which services find one another. */
  declare readonly namespaceArn: pulumi.Output<string>;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: {
    cluster: aws.ecs.Cluster;
    capacityProviders: aws.ecs.ClusterCapacityProviders;
    namespace: aws.servicediscovery.HttpNamespace;
    sessionKey: aws.kms.Key;
    sessionLogs: aws.cloudwatch.LogGroup;
    /** Absent without Container Insights. */
    insightsLogs?: aws.cloudwatch.LogGroup;
  };

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:Cluster", name, {}, opts);
    const parent = this;
    const sessionLogName = `/${args.clusterName}/sessions`;
    const containerInsights = args.containerInsights ?? "enabled";

    const sessionKey = createSessionKey();
    const sessionLogs = createSessionLogs();
    const insightsLogs = containerInsights === "disabled" ? undefined : createInsightsLogs();
    const namespace = createNamespace();
    const cluster = createCluster();
    const capacityProviders = offerFargate();

    this.arn = cluster.arn;
    this.clusterName = cluster.name;
    this.namespaceArn = namespace.arn;
    this.nodes = { cluster, capacityProviders, namespace, sessionKey, sessionLogs, insightsLogs };
    this.registerOutputs({ arn: this.arn, clusterName: this.clusterName, namespaceArn: this.namespaceArn });

    function createSessionKey() {
      const wanted: aws.kms.KeyArgs = {
        description: `Shell sessions in cluster ${args.clusterName} and their record`,
        enableKeyRotation: true, // off by default
        deletionWindowInDays: 30,
        policy: jsonDocument(policyDocument(sessionKeyStatements(args.place, sessionLogName))),
      };
      const key = new aws.kms.Key(`${name}-sessions`, args.transform?.key?.(wanted) ?? wanted, { parent, protect: args.protect });
      new aws.kms.Alias(`${name}-sessions`, { name: `alias/${args.clusterName}-sessions`, targetKeyId: key.keyId }, { parent });
      return key;
    }

    function createSessionLogs() {
      return new aws.cloudwatch.LogGroup(
        `${name}-sessions`,
        { name: sessionLogName, retentionInDays: args.sessionLogDays ?? 90, kmsKeyId: sessionKey.arn },
        { parent },
      );
    }

    function createInsightsLogs() {
      // ECS would make this group itself, with a retention of its choosing, and leave it behind.
      return new aws.cloudwatch.LogGroup(
        `${name}-insights`,
        { name: `/aws/ecs/containerinsights/${args.clusterName}/performance`, retentionInDays: args.insightsLogDays ?? 30 },
        { parent },
      );
    }

    function createNamespace() {
      return new aws.servicediscovery.HttpNamespace(
        name,
        { name: args.clusterName, description: `Services of cluster ${args.clusterName}` },
        { parent, protect: args.protect },
      );
    }

    function createCluster() {
      const wanted: aws.ecs.ClusterArgs = {
        name: args.clusterName,
        settings: [{ name: "containerInsights", value: containerInsights }],
        serviceConnectDefaults: { namespace: namespace.arn },
        configuration: {
          executeCommandConfiguration: {
            kmsKeyId: sessionKey.arn,
            logging: "OVERRIDE",
            logConfiguration: { cloudWatchEncryptionEnabled: true, cloudWatchLogGroupName: sessionLogs.name },
          },
        },
      };
      return new aws.ecs.Cluster(name, args.transform?.cluster?.(wanted) ?? wanted, {
        parent,
        protect: args.protect,
        dependsOn: insightsLogs ? [insightsLogs] : [],
      });
    }

    function offerFargate() {
      const wanted: aws.ecs.ClusterCapacityProvidersArgs = {
        clusterName: cluster.name,
        capacityProviders: ["FARGATE", "FARGATE_SPOT"],
        // What starts without a strategy of its own never lands on Spot by accident.
        defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE", base: 1, weight: 1 }],
      };
      return new aws.ecs.ClusterCapacityProviders(name, args.transform?.capacityProviders?.(wanted) ?? wanted, { parent });
    }
  }
}

/** Who may use the session key: the account by its own IAM policies, and CloudWatch Logs for the one log group. */
export function sessionKeyStatements({ account, region }: Place, logGroup: string) {
  return [
    { Sid: "Account", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" },
    {
      Sid: "SessionLogs",
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      Resource: "*", // in a key's own policy: this key
      Condition: {
        ArnEquals: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:${logGroup}` },
      },
    },
  ];
}
