import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { jsonDocument } from "../documents/json.ts";
import { type Place, policyDocument, type Statement } from "../documents/policy.ts";
import type { KubernetesClusterArgs } from "./kubernetes-cluster.ts";

/**
 * What Auto Mode does with the account (EKS user guide, "Amazon EKS Auto Mode cluster IAM role"). For volumes the policy of 2026-05:
 * the one before it also lets a cluster copy the snapshots of others (AWS managed policy reference).
 */
const CLUSTER_POLICIES = [
  "AmazonEKSBlockStoragePolicyV2",
  "AmazonEKSClusterPolicy",
  "AmazonEKSComputePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
];

/** What a node does: join, and pull images (EKS user guide, "Amazon EKS Auto Mode node IAM role"). */
const NODE_POLICIES = ["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodeMinimalPolicy"];

/** The roles of cluster and nodes, and what must be there before the cluster comes and go after it went. */
export interface ClusterRoles {
  clusterRole: aws.iam.Role;
  nodeRole: aws.iam.Role;
  policies: pulumi.Resource[];
}

export function createRoles(name: string, args: KubernetesClusterArgs, parent: pulumi.Resource): ClusterRoles {
  const { transform, roles, place } = args;
  // TagSession: the managed policies allow only what carries the cluster's name, which EKS puts into its session.
  // For this account's clusters only (EKS user guide, "Cross-service confused deputy prevention", 2025-08).
  const clusterTrust: Statement = {
    Sid: "AssumeRole",
    Principal: { Service: "eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      ArnLike: { "aws:SourceArn": `arn:aws:eks:${place.region}:${place.account}:cluster/*` },
      StringEquals: { "aws:SourceAccount": place.account },
    },
  };
  // EC2 gives a role to instances of the role's own account only, and documents no condition for it.
  const nodeTrust: Statement = { Sid: "AssumeRole", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
  const clusterRole = createRole("cluster", clusterTrust, transform?.clusterRole);
  const nodeRole = createRole("node", nodeTrust, transform?.nodeRole);
  const policies = [...attach("cluster", clusterRole, CLUSTER_POLICIES), ...attach("node", nodeRole, NODE_POLICIES), useKey()];
  return { clusterRole, nodeRole, policies };

  function createRole(kind: string, trust: Statement, change?: (args: aws.iam.RoleArgs) => aws.iam.RoleArgs) {
    const wanted: aws.iam.RoleArgs = {
      description: `The ${kind === "node" ? "nodes" : "control plane"} of Kubernetes cluster ${args.clusterName}`,
      assumeRolePolicy: jsonDocument(policyDocument([trust])),
      ...roles,
    };
    return new aws.iam.Role(`${name}-${kind}`, change?.(wanted) ?? wanted, { parent });
  }

  function attach(kind: string, role: aws.iam.Role, managed: string[]) {
    return managed.map(
      (policy) =>
        new aws.iam.RolePolicyAttachment(
          `${name}-${kind}-${policy}`,
          { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
          { parent },
        ),
    );
  }

  /** The storage class encrypts volumes with the data key, in the cluster's name. */
  function useKey() {
    const document = jsonDocument(policyDocument(volumeKeyStatements(args.dataKeyArn, place)));
    return new aws.iam.RolePolicy(`${name}-volumes`, { role: clusterRole.id, policy: document }, { parent });
  }
}

/** What Auto Mode does with the key of its volumes (EKS user guide, "Enable EBS volume encryption", auto-kms, 2026-09). */
export function volumeKeyStatements(dataKeyArn: pulumi.Input<string>, { region }: Place): Statement[] {
  return [
    {
      Sid: "EncryptVolumes",
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      Resource: dataKeyArn,
      Condition: { StringEquals: { "kms:ViaService": `ec2.${region}.amazonaws.com` } },
    },
    {
      Sid: "AttachVolumes",
      Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
      Resource: dataKeyArn,
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
