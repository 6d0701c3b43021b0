import {
  RemovalPolicy,
  Stack,
  type StackProps,
  Duration,
  aws_ecs as ecs,
  aws_iam as iam,
  aws_kms as kms,
  aws_logs as logs,
  aws_servicediscovery as cloudmap,
} from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Environment } from "../environments.ts";
import type { NetworkStack } from "./network.ts";

/** A cluster on Fargate and Fargate Spot with encrypted, recorded shell sessions and a namespace. */
export class EcsStack extends Stack {
  readonly cluster: ecs.Cluster;

  constructor(scope: Construct, id: string, environment: Environment, network: NetworkStack, props: StackProps) {
    super(scope, id, props);
    const clusterName = `acme-${environment.name}`;
    const key = new kms.Key(this, "sessions-key", {
      alias: `alias/${clusterName}-sessions`,
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal(`logs.${environment.region}.amazonaws.com`)],
        actions: ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
        resources: ["*"],
        conditions: {
          ArnEquals: {
            "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${environment.region}:${environment.account}:log-group:/${clusterName}/sessions`,
          },
        },
      }),
    );
    const logGroup = new logs.LogGroup(this, "sessions", {
      logGroupName: `/${clusterName}/sessions`,
      retention: logs.RetentionDays.THREE_MONTHS,
      encryptionKey: key,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new logs.LogGroup(this, "insights", {
      logGroupName: `/aws/ecs/containerinsights/${clusterName}/performance`,
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.cluster = new ecs.Cluster(this, "ecs", {
      clusterName,
      vpc: network.vpc,
      containerInsightsV2: ecs.ContainerInsights.ENABLED,
      enableFargateCapacityProviders: true,
      defaultCloudMapNamespace: { name: clusterName, type: cloudmap.NamespaceType.HTTP, useForServiceConnect: true },
      executeCommandConfiguration: {
        kmsKey: key,
        logging: ecs.ExecuteCommandLogging.OVERRIDE,
        logConfiguration: { cloudWatchLogGroup: logGroup, cloudWatchEncryptionEnabled: true },
      },
    });
    this.cluster.addDefaultCapacityProviderStrategy([{ capacityProvider: "FARGATE", base: 1, weight: 1 }]);
  }
}
