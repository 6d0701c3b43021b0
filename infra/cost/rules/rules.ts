import * as compute from "./compute.ts";
import * as data from "./data.ts";
import * as network from "./network.ts";
import * as observability from "./observability.ts";
import type { Rule } from "./rule.ts";
import * as security from "./security.ts";

/** What each type costs. A type that is neither here nor in `FREE` is listed as not priced. */
export const RULES: Readonly<Record<string, Rule>> = {
  "aws:ec2/natGateway:NatGateway": network.natGateway,
  "aws:ec2/eip:Eip": network.elasticIp,
  "aws:ec2/vpcEndpoint:VpcEndpoint": network.vpcEndpoint,
  "aws:lb/loadBalancer:LoadBalancer": network.loadBalancer,
  "aws:route53/zone:Zone": network.hostedZone,
  "aws:route53/healthCheck:HealthCheck": network.healthCheck,

  "aws:ecs/service:Service": compute.ecsService,
  "aws:ecs/cluster:Cluster": compute.ecsCluster,
  "aws:appautoscaling/policy:Policy": compute.scalingPolicy,
  "aws:eks/cluster:Cluster": compute.eksCluster,
  "aws:codebuild/project:Project": compute.codebuildProject,
  "kubernetes:core/v1:PersistentVolumeClaim": compute.volumeClaim,
  "kubernetes:core/v1:Service": compute.clusterService,
  "kubernetes:apps/v1:StatefulSet": compute.statefulSet,

  "aws:rds/instance:Instance": data.rdsInstance,
  "aws:rds/cluster:Cluster": data.auroraCluster,
  "aws:rds/clusterInstance:ClusterInstance": data.auroraInstance,
  "aws:dynamodb/table:Table": data.dynamodbTable,
  "aws:s3/bucket:Bucket": data.bucket,
  "aws:ecr/repository:Repository": data.imageRepository,
  "aws:sqs/queue:Queue": data.queue,

  "aws:kms/key:Key": security.kmsKey,
  "aws:secretsmanager/secret:Secret": security.secret,
  "aws:wafv2/webAcl:WebAcl": security.webAcl,
  "aws:accessanalyzer/analyzer:Analyzer": security.accessAnalyzer,
  "aws:cfg/recorder:Recorder": security.configRecorder,

  "aws:cloudwatch/metricAlarm:MetricAlarm": observability.metricAlarm,
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": observability.compositeAlarm,
  "aws:cloudwatch/dashboard:Dashboard": observability.dashboard,
  "aws:cloudwatch/logGroup:LogGroup": observability.logGroup,
  "aws:cloudwatch/eventBus:EventBus": observability.eventBus,
  "aws:cloudwatch/eventArchive:EventArchive": observability.eventArchive,
  "aws:ssm/parameter:Parameter": observability.parameter,
  "aws:sns/topic:Topic": observability.topic,
  "aws:amp/workspace:Workspace": observability.prometheusWorkspace,
};
