import {
  CustomResource,
  RemovalPolicy,
  Stack,
  type StackProps,
  aws_eks as eks,
  aws_iam as iam,
  aws_logs as logs,
} from "aws-cdk-lib";
import type { Construct } from "constructs";
import { clusterManifests, type Manifest, teamManifests } from "../manifests.ts";
import { type Environment, PLATFORM, TEAMS, type Team } from "../environments.ts";
import type { AccountStack } from "./account.ts";
import type { KubernetesStack } from "./kubernetes.ts";

/** What a cluster needs before teams use it: telemetry, storage, priorities, a namespace with its rules for each team. */
export class KubernetesAddonsStack extends Stack {
  private readonly clusterName: string;

  constructor(
    scope: Construct,
    id: string,
    environment: Environment,
    { kubernetes, account }: { kubernetes: KubernetesStack; account: AccountStack },
    props: StackProps,
  ) {
    super(scope, id, props);
    this.clusterName = kubernetes.cluster.ref;
    const { keyArn } = account.dataKey;
    this.createTelemetry(`${PLATFORM}-${environment.name}`, keyArn);
    this.apply("cluster", clusterManifests(keyArn));
    for (const team of Object.keys(TEAMS) as Team[]) this.apply(team, teamManifests(team, environment));
  }

  private createTelemetry(cluster: string, kmsKeyId: string): void {
    for (const kind of ["application", "dataplane", "host", "performance"])
      new logs.CfnLogGroup(this, `logs-${kind}`, {
        logGroupName: `/aws/containerinsights/${cluster}/${kind}`,
        retentionInDays: 30,
        kmsKeyId,
      }).applyRemovalPolicy(RemovalPolicy.DESTROY);
    const role = new iam.Role(this, "agent", {
      description: `The CloudWatch agent of cluster ${cluster}`,
      path: `/${PLATFORM}/platform/`,
      assumedBy: new iam.ServicePrincipal("pods.eks.amazonaws.com", {
        conditions: {
          StringEquals: {
            "aws:RequestTag/eks-cluster-arn": this.formatArn({ service: "eks", resource: "cluster", resourceName: cluster }),
            "aws:RequestTag/kubernetes-namespace": "amazon-cloudwatch",
            "aws:RequestTag/kubernetes-service-account": "cloudwatch-agent",
            "aws:SourceAccount": this.account,
          },
        },
      }).withSessionTags(),
      managedPolicies: ["AWSXrayWriteOnlyAccess", "CloudWatchAgentServerPolicy"].map((name) =>
        iam.ManagedPolicy.fromAwsManagedPolicyName(name),
      ),
    });
    const addon = (addonName: string, more: Partial<eks.CfnAddonProps> = {}) =>
      new eks.CfnAddon(this, addonName, { addonName, clusterName: this.clusterName, resolveConflicts: "OVERWRITE", ...more });
    addon("metrics-server");
    addon("amazon-cloudwatch-observability", {
      configurationValues: this.toJsonString({
        manager: { applicationSignals: { autoMonitor: { monitorAllServices: false } } },
      }),
      podIdentityAssociations: [{ roleArn: role.roleArn, serviceAccount: "cloudwatch-agent" }],
    });
  }

  /**
   * A construct for each object, as `KubernetesManifest` of aws-eks writes it: a custom resource with the manifest as JSON. The function
   * behind it, which that construct brings along, is not made.
   */
  private apply(group: string, manifests: Record<string, Manifest>): void {
    for (const [name, manifest] of Object.entries(manifests))
      new CustomResource(this, `${group}-${name}`, {
        resourceType: "Custom::AWSCDK-EKS-KubernetesResource",
        serviceToken: this.formatArn({ service: "lambda", resource: "function", resourceName: "kubectl" }),
        properties: {
          Manifest: this.toJsonString([manifest]),
          ClusterName: this.clusterName,
          RoleArn: this.formatArn({ service: "iam", region: "", resource: "role", resourceName: `${PLATFORM}/platform/kubectl` }),
          Overwrite: true,
          PruneLabel: `aws.cdk.eks/prune-${group}-${name}`,
        },
      });
  }
}
