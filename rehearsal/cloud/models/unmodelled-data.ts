/**
 * Types that nobody wrote a model for and whose deletion can't be made good: databases, queues, volumes, file systems, directories of
 * users, backups, keys, and values that are made up once. A plan guards them as if they had a model. Tokens: @pulumi/aws 7.48.0,
 * @pulumi/random 4, @pulumi/tls 5.
 */
const HOLDING_DATA: ReadonlySet<string> = new Set([
  // Databases and caches
  "aws:rds/instance:Instance",
  "aws:rds/cluster:Cluster",
  "aws:rds/globalCluster:GlobalCluster",
  "aws:docdb/cluster:Cluster",
  "aws:docdb/elasticCluster:ElasticCluster",
  "aws:docdb/globalCluster:GlobalCluster",
  "aws:neptune/cluster:Cluster",
  "aws:neptune/globalCluster:GlobalCluster",
  "aws:dsql/cluster:Cluster",
  "aws:redshift/cluster:Cluster",
  "aws:redshiftserverless/namespace:Namespace",
  "aws:keyspaces/keyspace:Keyspace",
  "aws:keyspaces/table:Table",
  "aws:dynamodb/globalTable:GlobalTable",
  "aws:dynamodb/tableReplica:TableReplica",
  "aws:elasticache/cluster:Cluster",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:elasticache/serverlessCache:ServerlessCache",
  "aws:memorydb/cluster:Cluster",
  "aws:opensearch/domain:Domain",
  "aws:opensearch/serverlessCollection:ServerlessCollection",
  "aws:elasticsearch/domain:Domain",
  "aws:timestreamwrite/database:Database",
  "aws:timestreamwrite/table:Table",
  "aws:lightsail/database:Database",
  // Queues and streams
  "aws:sqs/queue:Queue",
  "aws:mq/broker:Broker",
  "aws:msk/cluster:Cluster",
  "aws:msk/serverlessCluster:ServerlessCluster",
  "aws:kinesis/stream:Stream",
  // Volumes, files, objects
  "aws:ebs/volume:Volume",
  "aws:ebs/snapshot:Snapshot",
  "aws:efs/fileSystem:FileSystem",
  "aws:fsx/lustreFileSystem:LustreFileSystem",
  "aws:fsx/ontapFileSystem:OntapFileSystem",
  "aws:fsx/openZfsFileSystem:OpenZfsFileSystem",
  "aws:fsx/windowsFileSystem:WindowsFileSystem",
  "aws:s3/bucketV2:BucketV2",
  "aws:s3/directoryBucket:DirectoryBucket",
  "aws:s3tables/tableBucket:TableBucket",
  "aws:glacier/vault:Vault",
  "aws:backup/vault:Vault",
  "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault",
  "kubernetes:core/v1:PersistentVolume",
  // Users, code, keys
  "aws:cognito/userPool:UserPool",
  "aws:cognito/identityPool:IdentityPool",
  "aws:directoryservice/directory:Directory",
  "aws:codecommit/repository:Repository",
  "aws:kms/externalKey:ExternalKey",
  "aws:kms/replicaKey:ReplicaKey",
  "aws:acmpca/certificateAuthority:CertificateAuthority",
  // Made up once: deleted, nothing brings the value back
  "random:index/randomPassword:RandomPassword",
  "random:index/randomBytes:RandomBytes",
  "tls:index/privateKey:PrivateKey",
]);

/** Whether an unmodelled type holds what can't be made again. */
export function holdsData(type: string): boolean {
  return HOLDING_DATA.has(type);
}

/** All of them, sorted. */
export function unmodelledDataTypes(): string[] {
  return [...HOLDING_DATA].sort();
}
