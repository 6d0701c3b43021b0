import { type CiRole, ciRole, type Environment, type Platform } from "@fairway/settings";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** Who may do something with a cluster's API. */
export interface ClusterAccess {
  /** Names the entry's resources, for example `deploy-shopping`. */
  name: string;
  /** ARN of the IAM role. */
  principalArn: string;
  /** Kubernetes groups, to which the cluster's own roles are bound. @default none */
  groups?: string[];
  /** EKS's access policies, on the whole cluster. @default none */
  policies?: AccessPolicy[];
}

/** EKS's own access policies that we use (EKS user guide, "Review access policy permissions"). */
export type AccessPolicy = "AmazonEKSClusterAdminPolicy" | "AmazonEKSViewPolicy";

/** Group of a team's deploy role: `kubernetes-addons` binds it to rights in the team's namespace, and to nothing else. */
export function teamGroup(team: string): string {
  return `team-${team}`;
}

/** Group of the role that previews: `kubernetes-addons` lets it read what no namespace has, such as storage classes. */
export const PREVIEW_GROUP = "fairway-preview";

/**
 * CI's roles in an environment's cluster:
 * - `deploy-platform` does everything: namespaces, storage classes and roles need it
 * - `preview` reads, except secrets
 * - each team's deploy role is in a group of its own, and may do what the cluster's roles bind that to
 *
 * A person gets access by a role in a further entry.
 */
export function clusterAccess(platform: Platform, environment: Environment): ClusterAccess[] {
  const arn = (role: CiRole) => ciRole(platform, environment, role).arn;
  const administrator = arn("deploy-platform");
  return [
    { name: "deploy-platform", principalArn: administrator, policies: ["AmazonEKSClusterAdminPolicy"] },
    { name: "preview", principalArn: arn("preview"), groups: [PREVIEW_GROUP], policies: ["AmazonEKSViewPolicy"] },
    ...Object.keys(platform.teams)
      .sort()
      .map((team) => ({ name: `deploy-${team}`, principalArn: arn(`deploy-${team}`), groups: [teamGroup(team)] }))
      // The role of a team "platform" is the administrator's, and a role has one entry.
      .filter(({ principalArn }) => principalArn !== administrator),
  ];
}

/** Makes the entries and binds their policies; @returns the entries by name. */
export function grantAccess(name: string, cluster: aws.eks.Cluster, access: ClusterAccess[], parent: pulumi.Resource) {
  return Object.fromEntries(access.map((each) => [each.name, grant(each)]));

  function grant({ name: of, principalArn, groups, policies = [] }: ClusterAccess) {
    const entry = new aws.eks.AccessEntry(
      `${name}-${of}`,
      { clusterName: cluster.name, principalArn, kubernetesGroups: groups },
      { parent },
    );
    for (const policy of policies) {
      new aws.eks.AccessPolicyAssociation(
        `${name}-${of}-${policy}`,
        {
          clusterName: cluster.name,
          principalArn: entry.principalArn, // an association needs its entry first
          policyArn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
          accessScope: { type: "cluster" },
        },
        { parent },
      );
    }
    return entry;
  }
}

/** @throws when two entries are for one role: EKS takes one for each. */
export function refuseSharedPrincipals(name: string, access: ClusterAccess[]): void {
  for (const [index, { name: of, principalArn }] of access.entries()) {
    const other = access.slice(0, index).find((each) => each.principalArn === principalArn);
    if (!other) continue;
    throw new Error(
      `"${name}": \`access\` names ${principalArn} twice, as ${other.name} and ${of}, but a cluster takes one entry for a role. ` +
        `Put groups and policies of both into one.`,
    );
  }
}
