import { isMap, type PropertyValue, unknown } from "@fairway/engine";
import type { Change, Replacements } from "../../models/model.ts";
import { read, REGION } from "../sources.ts";

/** What forces replacement; see ../replacement.ts. */
export const kubernetesReplacement: Record<string, Replacements> = {
  "aws:eks/cluster:Cluster": {
    source: `${read("eks/cluster.go")}; control plane egress as @pulumi/aws 7.48.0 says of it`,
    properties: [REGION, "name", "roleArn", "bootstrapSelfManagedAddons", "outpostConfig", "remoteNetworkConfig"],
    sometimes: {
      accessConfig: (change) => changes(change, "bootstrapClusterCreatorAdminPermissions", true),
      kubernetesNetworkConfig: (change) => changes(change, "ipFamily", "ipv4") || changesWhatIsSaid(change, "serviceIpv4Cidr"),
      computeConfig: changesNodeRole,
      encryptionConfig: isRemoved,
      vpcConfig: ({ oldValue, newValue }) =>
        part(oldValue, "controlPlaneEgressMode") === "CUSTOMER_ROUTED" &&
        part(newValue, "controlPlaneEgressMode") !== "CUSTOMER_ROUTED",
    },
  },
  "aws:eks/accessEntry:AccessEntry": {
    source: read("eks/access_entry.go"),
    properties: [REGION, "clusterName", "principalArn", "type"],
  },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    source: read("eks/access_policy_association.go"),
    properties: [REGION, "clusterName", "principalArn", "policyArn", "accessScope"],
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    source: read("eks/pod_identity_association.go"),
    properties: [REGION, "clusterName", "namespace", "serviceAccount"],
  },
  "aws:eks/addon:Addon": {
    source: `${read("eks/addon.go")}; the namespace as @pulumi/aws 7.48.0 says of it`,
    properties: [REGION, "clusterName", "addonName", "namespaceConfig"],
  },
};

function part(value: PropertyValue | undefined, key: string): PropertyValue | undefined {
  return isMap(value) ? value[key] : undefined;
}

function changes({ oldValue, newValue }: Change, key: string, byDefault: PropertyValue): boolean {
  return (part(oldValue, key) ?? byDefault) !== (part(newValue, key) ?? byDefault);
}

/** What AWS chose stays when the program stops saying it, or says the same. */
function changesWhatIsSaid({ oldValue, newValue }: Change, key: string): boolean {
  const said = part(newValue, key);
  return said !== undefined && said !== part(oldValue, key);
}

/** A role may be added, but one that nodes have stays: an unknown one may be another. */
function changesNodeRole({ oldValue, newValue }: Change): boolean {
  const before = part(oldValue, "nodeRoleArn");
  return isMap(newValue) && before !== undefined && before !== newValue.nodeRoleArn;
}

/** Envelope encryption can't be turned off. */
function isRemoved({ oldValue, newValue }: Change): boolean {
  return oldValue !== undefined && newValue === undefined && oldValue !== unknown;
}
