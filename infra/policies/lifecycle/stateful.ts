import type { PlannedResource } from "@fairway/resources";
import { map, number, unknown } from "../reading/values.ts";
import type { Plan } from "../reading/plan.ts";

/** What keeps a type's data, or what stands on it, from being lost. */
export interface Guards {
  /** Why a deletion can't be made good. */
  holds: string;
  /** What is missing of AWS's own protection from deletion; nothing where AWS has none. */
  deletion?: (resource: PlannedResource, plan: Plan) => string | undefined;
  /** What is missing of its backups; nothing where it holds none of its own. */
  backup?: (resource: PlannedResource, plan: Plan) => string | undefined;
}

/** Days for which a database's changes can be undone. A weekend and a holiday must fit. */
const LEAST_BACKUP_DAYS = 7;

/** What must outlive mistakes in production. What each guard is called: @pulumi/aws 7.48.0. */
export const STATEFUL: Record<string, Guards> = {
  "aws:rds/instance:Instance": { holds: "data", deletion: database, backup: retention },
  "aws:rds/cluster:Cluster": { holds: "data", deletion: database, backup: retention },
  "aws:docdb/cluster:Cluster": { holds: "data", deletion: database, backup: retention },
  "aws:neptune/cluster:Cluster": { holds: "data", deletion: database, backup: retention },
  "aws:dynamodb/table:Table": {
    holds: "data",
    deletion: on("deletionProtectionEnabled"),
    backup: (table) => {
      if (unknown(table, "pointInTimeRecovery") || map(table.inputs.pointInTimeRecovery)?.enabled === true) return undefined;
      return "pointInTimeRecovery.enabled is not true";
    },
  },
  "aws:s3/bucket:Bucket": {
    holds: "objects",
    deletion: notOn("forceDestroy", "its objects would go with it"),
    backup: versioned,
  },
  "aws:efs/fileSystem:FileSystem": {
    holds: "files",
    backup: (files, plan) => {
      const policies = plan.pointingAt(files, "aws:efs/backupPolicy:BackupPolicy", "fileSystemId");
      const on = policies.some(
        (policy) => unknown(policy, "backupPolicy") || map(policy.inputs.backupPolicy)?.status === "ENABLED",
      );
      return on ? undefined : "no BackupPolicy with status ENABLED belongs to it";
    },
  },
  "aws:ebs/volume:Volume": { holds: "a disk" },
  "aws:ecr/repository:Repository": {
    holds: "images that a rollback needs",
    deletion: notOn("forceDelete", "its images would go with it"),
  },
  "aws:kms/key:Key": { holds: "the only means to read what it encrypts" },
  "aws:secretsmanager/secret:Secret": {
    holds: "secret values",
    deletion: (secret) =>
      secret.inputs.recoveryWindowInDays === 0 ? "recoveryWindowInDays is 0: it could not be restored" : undefined,
  },
  "aws:cognito/userPool:UserPool": {
    holds: "users",
    deletion: (pool) =>
      pool.inputs.deletionProtection === "ACTIVE" || unknown(pool, "deletionProtection")
        ? undefined
        : "deletionProtection is not ACTIVE",
  },
  "aws:amp/workspace:Workspace": { holds: "metrics" },
  "aws:backup/vault:Vault": { holds: "backups", deletion: notOn("forceDestroy", "its backups would go with it") },
  "aws:ec2/vpc:Vpc": { holds: "everything in the network" },
  "aws:ec2/subnet:Subnet": { holds: "everything in the subnet" },
  "aws:route53/zone:Zone": {
    holds: "the names by which everything is found; a new zone has other name servers",
    deletion: notOn("forceDestroy", "its records would go with it"),
  },
  "aws:lb/loadBalancer:LoadBalancer": { holds: "the address that clients know", deletion: on("enableDeletionProtection") },
  "aws:ecs/cluster:Cluster": { holds: "every service on it" },
  "aws:eks/cluster:Cluster": { holds: "every workload on it", deletion: on("deletionProtection") },
};

function on(property: string) {
  return (resource: PlannedResource) =>
    unknown(resource, property) || resource.inputs[property] === true ? undefined : `${property} is not true`;
}

function notOn(property: string, otherwise: string) {
  return (resource: PlannedResource) => (resource.inputs[property] === true ? `${property} is true: ${otherwise}` : undefined);
}

/** A replica has no final snapshot: AWS refuses one, since its data is its source's. */
function database(resource: PlannedResource): string | undefined {
  if (resource.inputs.replicateSourceDb !== undefined || unknown(resource, "replicateSourceDb"))
    return on("deletionProtection")(resource);
  return (
    on("deletionProtection")(resource) ?? notOn("skipFinalSnapshot", "nothing would be left of a deleted database")(resource)
  );
}

/** Off by default on an instance; a replica has none of its own. */
function retention(resource: PlannedResource): string | undefined {
  if (unknown(resource, "backupRetentionPeriod") || resource.inputs.replicateSourceDb !== undefined) return undefined;
  const days = number(resource.inputs.backupRetentionPeriod) ?? 0;
  return days >= LEAST_BACKUP_DAYS
    ? undefined
    : `backupRetentionPeriod is ${days} days: at least ${LEAST_BACKUP_DAYS} are wanted`;
}

function versioned(bucket: PlannedResource, plan: Plan): string | undefined {
  const beside = plan.pointingAt(bucket, "aws:s3/bucketVersioning:BucketVersioning", "bucket");
  const on = beside.some(
    (versioning) =>
      unknown(versioning, "versioningConfiguration") || map(versioning.inputs.versioningConfiguration)?.status === "Enabled",
  );
  return on ? undefined : "no BucketVersioning with status Enabled belongs to it: an overwritten object is gone";
}
