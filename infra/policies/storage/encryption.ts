import type { PlannedResource } from "@fairway/resources";
import type { Plan } from "../reading/plan.ts";
import { list, map, maps, text, unknown } from "../reading/values.ts";

type Judge = (resource: PlannedResource, plan: Plan) => string | undefined;

/**
 * What must be written for each type that holds data to be encrypted at rest. Where AWS encrypts without being asked, a value can
 * only be wrong; where it does not, it must be there. What AWS always encrypts and nothing can turn off (secrets, log groups,
 * DynamoDB tables, images in ECR) is not here: there is no failing case.
 *
 * Sources: each service's page on encryption at rest, 2026-09; defaults of arguments, @pulumi/aws 7.48.0.
 */
export const ENCRYPTION: Record<string, Judge> = {
  "aws:s3/bucket:Bucket": bucket,
  "aws:rds/instance:Instance": instance,
  "aws:rds/cluster:Cluster": on("storageEncrypted", "off by default"),
  "aws:ebs/volume:Volume": on("encrypted", "off by default"),
  "aws:ebs/snapshotCopy:SnapshotCopy": on("encrypted", "off by default"),
  "aws:efs/fileSystem:FileSystem": on("encrypted", "off by default, and can't be turned on later"),
  "aws:sns/topic:Topic": set("kmsMasterKeyId", "a topic is not encrypted by default"),
  "aws:sqs/queue:Queue": queue,
  "aws:kinesis/stream:Stream": set("kmsKeyId", "a stream is not encrypted by default", "NONE"),
  "aws:elasticache/replicationGroup:ReplicationGroup": on("atRestEncryptionEnabled", "off by default for Redis"),
  "aws:docdb/cluster:Cluster": on("storageEncrypted", "off by default"),
  "aws:neptune/cluster:Cluster": on("storageEncrypted", "off by default"),
  "aws:redshift/cluster:Cluster": notOff("encrypted"),
  "aws:dax/cluster:Cluster": nested("serverSideEncryption", "enabled"),
  "aws:opensearch/domain:Domain": nested("encryptAtRest", "enabled"),
  "aws:elasticsearch/domain:Domain": nested("encryptAtRest", "enabled"),
  "aws:ec2/launchTemplate:LaunchTemplate": (resource) => volumes(resource, "blockDeviceMappings", "ebs"),
  "aws:ec2/instance:Instance": (resource) =>
    volumes(resource, "ebsBlockDevices") ?? nested("rootBlockDevice", "encrypted")(resource),
  "aws:eks/cluster:Cluster": clusterSecrets,
  "kubernetes:storage.k8s.io/v1:StorageClass": storageClass,
};

function on(property: string, byDefault: string): Judge {
  return (resource) => {
    const { inputs } = resource;
    if (unknown(resource, property) || inputs[property] === true || inputs[property] === "true") return undefined;
    return inputs[property] === undefined ? `${property} is not set: it is ${byDefault}` : `${property} is ${inputs[property]}`;
  };
}

/** A replica in the source's region is encrypted as its source is, and can't say so; one of another region is named by ARN. */
function instance(resource: PlannedResource, plan: Plan): string | undefined {
  const { replicateSourceDb } = resource.inputs;
  const isCopied =
    unknown(resource, "replicateSourceDb") || (text(replicateSourceDb) && !text(replicateSourceDb)!.startsWith("arn:"));
  return isCopied ? undefined : on("storageEncrypted", "off by default")(resource, plan);
}

function notOff(property: string): Judge {
  return (resource) => {
    const value = resource.inputs[property];
    return !unknown(resource, property) && (value === false || value === "false") ? `${property} is false` : undefined;
  };
}

function set(property: string, byDefault: string, none?: string): Judge {
  return (resource) => {
    const value = resource.inputs[property];
    if (unknown(resource, property) || (text(value) && value !== none)) return undefined;
    return `${property} is not set: ${byDefault}`;
  };
}

/** A block with a switch in it. A block that is left out is off. */
function nested(block: string, property: string): (resource: PlannedResource) => string | undefined {
  return (resource) => {
    if (unknown(resource, block) || map(resource.inputs[block])?.[property] === true) return undefined;
    return `${block}.${property} is not true: it is off by default`;
  };
}

/** S3 encrypts every new object with its own key. Written down, so that another default shows in a review. */
function bucket(resource: PlannedResource, plan: Plan): string | undefined {
  const type = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
  const beside = plan.pointingAt(resource, type, "bucket");
  const inside = maps(map(resource.inputs.serverSideEncryptionConfiguration)?.rules);
  if (beside.length > 0 || inside.length > 0 || unknown(resource, "serverSideEncryptionConfiguration")) return undefined;
  return "no BucketServerSideEncryptionConfiguration says how its objects are encrypted";
}

/** A queue is encrypted by SQS unless that is turned off; with a key of ours it says so. */
function queue(resource: PlannedResource): string | undefined {
  const { sqsManagedSseEnabled, kmsMasterKeyId } = resource.inputs;
  if (unknown(resource, "sqsManagedSseEnabled", "kmsMasterKeyId") || text(kmsMasterKeyId)) return undefined;
  return sqsManagedSseEnabled === true ? undefined : "neither kmsMasterKeyId nor sqsManagedSseEnabled is set";
}

function volumes(resource: PlannedResource, property: string, within?: string): string | undefined {
  if (unknown(resource, property)) return undefined;
  const open = maps(resource.inputs[property]).findIndex((each) => {
    const volume = within === undefined ? each : map(each[within]);
    return volume !== undefined && volume.encrypted !== true && volume.encrypted !== "true";
  });
  return open < 0 ? undefined : `${property}[${open}] has a volume that is not encrypted`;
}

/** EKS encrypts its API data with a key of its own; Secrets must be under one of ours, whose use is recorded and can be withdrawn. */
function clusterSecrets(resource: PlannedResource): string | undefined {
  if (unknown(resource, "encryptionConfig")) return undefined;
  const resources = list(map(resource.inputs.encryptionConfig)?.resources);
  return resources.includes("secrets") ? undefined : 'encryptionConfig.resources has no "secrets"';
}

function storageClass(resource: PlannedResource): string | undefined {
  if (unknown(resource, "parameters") || !/ebs/.test(text(resource.inputs.provisioner) ?? "")) return undefined;
  return map(resource.inputs.parameters)?.encrypted === "true"
    ? undefined
    : 'parameters.encrypted is not "true": EBS volumes would be plain';
}
