import type { PlannedResource } from "@fairway/resources";
import type { Policy } from "../types.ts";
import { list, map, unknown } from "../reading/values.ts";

/** Types that can be given an address on the internet, or be shared with everybody. */
const TYPES: Record<string, (resource: PlannedResource) => string | undefined> = {
  "aws:rds/instance:Instance": publiclyAccessible,
  "aws:rds/clusterInstance:ClusterInstance": publiclyAccessible,
  "aws:dms/replicationInstance:ReplicationInstance": publiclyAccessible,
  "aws:redshift/cluster:Cluster": publiclyAccessible,
  "aws:redshiftserverless/workgroup:Workgroup": publiclyAccessible,
  "aws:docdb/clusterInstance:ClusterInstance": publiclyAccessible,
  "aws:neptune/clusterInstance:ClusterInstance": publiclyAccessible,
  "aws:mq/broker:Broker": publiclyAccessible,
  "aws:opensearch/domain:Domain": outsideNetwork,
  "aws:elasticsearch/domain:Domain": outsideNetwork,
  "aws:ecrpublic/repository:Repository": () => "a public repository: everybody may pull from it",
  "aws:ec2/amiLaunchPermission:AmiLaunchPermission": (permission) =>
    permission.inputs.group === "all" ? 'group is "all": everybody may start the image' : undefined,
  "aws:rds/snapshot:Snapshot": sharedWithAll,
  "aws:rds/snapshotCopy:SnapshotCopy": sharedWithAll,
  "aws:rds/clusterSnapshot:ClusterSnapshot": sharedWithAll,
  "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": sharedWithAll,
};

export const storeNotPublic: Policy = {
  name: "store-not-public",
  title: "No database, snapshot or image is public",
  why: "What has a public address is scanned within minutes; then only a password stands before the data.",
  fix: "Set publiclyAccessible to false and put the database into the isolated subnets.",
  severity: "mandatory",
  check: (plan) => Object.entries(TYPES).flatMap(([type, judge]) => plan.each(type, judge)),
};

function publiclyAccessible(resource: PlannedResource): string | undefined {
  return resource.inputs.publiclyAccessible === true ? "publiclyAccessible is true" : undefined;
}

function sharedWithAll(snapshot: PlannedResource): string | undefined {
  return list(snapshot.inputs.sharedAccounts).includes("all") ? 'sharedAccounts has "all": everybody may restore it' : undefined;
}

function outsideNetwork(domain: PlannedResource): string | undefined {
  return unknown(domain, "vpcOptions") || map(domain.inputs.vpcOptions)
    ? undefined
    : "vpcOptions is not set: its endpoint is public";
}
