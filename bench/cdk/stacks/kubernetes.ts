import {
  RemovalPolicy,
  Stack,
  type StackProps,
  aws_ec2 as ec2,
  aws_eks as eks,
  aws_iam as iam,
  aws_logs as logs,
} from "aws-cdk-lib";
import type { Construct } from "constructs";
import { type Environment, PLATFORM } from "../environments.ts";
import type { AccountStack } from "./account.ts";
import type { NetworkStack } from "./network.ts";

/**
 * A cluster in EKS Auto Mode and who may enter it. Of level 1: the construct of level 2 adds functions of its own, which run while
 * deploying, and which our side has nothing like.
 */
export class KubernetesStack extends Stack {
  readonly cluster: eks.CfnCluster;

  constructor(
    scope: Construct,
    id: string,
    environment: Environment,
    { network, account }: { network: NetworkStack; account: AccountStack },
    props: StackProps,
  ) {
    super(scope, id, props);
    const name = `${PLATFORM}-${environment.name}`;
    const keyArn = account.dataKey.keyArn;
    const role = (kind: string, service: string, policies: string[]) =>
      new iam.Role(this, kind, {
        description: `${kind} of Kubernetes cluster ${name}`,
        path: `/${PLATFORM}/platform/`,
        assumedBy: new iam.ServicePrincipal(service).withSessionTags(),
        managedPolicies: policies.map((policy) => iam.ManagedPolicy.fromAwsManagedPolicyName(policy)),
      });
    const control = role("control-plane", "eks.amazonaws.com", [
      "AmazonEKSBlockStoragePolicyV2",
      "AmazonEKSClusterPolicy",
      "AmazonEKSComputePolicy",
      "AmazonEKSLoadBalancingPolicy",
      "AmazonEKSNetworkingPolicy",
    ]);
    const nodes = role("nodes", "ec2.amazonaws.com", ["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodeMinimalPolicy"]);
    new iam.Policy(this, "volumes", {
      roles: [control],
      statements: [
        new iam.PolicyStatement({
          sid: "EncryptVolumes",
          actions: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
          resources: [keyArn],
          conditions: { StringEquals: { "kms:ViaService": `ec2.${environment.region}.amazonaws.com` } },
        }),
        new iam.PolicyStatement({
          sid: "AttachVolumes",
          actions: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
          resources: [keyArn],
          conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
        }),
      ],
    });
    new logs.CfnLogGroup(this, "logs", {
      logGroupName: `/aws/eks/${name}/cluster`,
      retentionInDays: 90,
      kmsKeyId: keyArn,
    }).applyRemovalPolicy(RemovalPolicy.DESTROY);
    this.cluster = new eks.CfnCluster(this, "cluster", {
      name,
      version: "1.35",
      roleArn: control.roleArn,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      computeConfig: { enabled: true, nodePools: ["general-purpose", "system"], nodeRoleArn: nodes.roleArn },
      deletionProtection: environment.protect,
      encryptionConfig: [{ provider: { keyArn } }],
      kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
      logging: {
        clusterLogging: {
          enabledTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"].map((type) => ({ type })),
        },
      },
      resourcesVpcConfig: {
        endpointPrivateAccess: true,
        endpointPublicAccess: true,
        publicAccessCidrs: ["198.51.100.10/32", "203.0.113.0/28"],
        subnetIds: network.vpc.selectSubnets({ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }).subnetIds,
      },
      storageConfig: { blockStorage: { enabled: true } },
      upgradePolicy: { supportType: "STANDARD" },
    });
    this.admit("deploy-platform", [], "AmazonEKSClusterAdminPolicy");
    this.admit("preview", ["fairway-preview"], "AmazonEKSViewPolicy");
    this.admit("deploy-shopping", ["team-shopping"]);
  }

  private admit(ciRole: string, kubernetesGroups: string[], policy?: string): void {
    new eks.CfnAccessEntry(this, `access-${ciRole}`, {
      clusterName: this.cluster.ref,
      type: "STANDARD",
      principalArn: `arn:aws:iam::${this.account}:role/${PLATFORM}/ci/${this.cluster.name}-${ciRole}`,
      kubernetesGroups,
      accessPolicies: policy
        ? [{ accessScope: { type: "cluster" }, policyArn: `arn:aws:eks::aws:cluster-access-policy/${policy}` }]
        : undefined,
    });
  }
}
