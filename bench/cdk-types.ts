/** Which CloudFormation type stands for which type of ours. */
export const CLOUDFORMATION_TYPES: Record<string, string> = {
  "aws:accessanalyzer/analyzer:Analyzer": "AWS::AccessAnalyzer::Analyzer",
  "aws:acm/certificate:Certificate": "AWS::CertificateManager::Certificate",
  "aws:appautoscaling/policy:Policy": "AWS::ApplicationAutoScaling::ScalingPolicy",
  "aws:appautoscaling/target:Target": "AWS::ApplicationAutoScaling::ScalableTarget",
  "aws:budgets/budget:Budget": "AWS::Budgets::Budget",
  "aws:cloudwatch/dashboard:Dashboard": "AWS::CloudWatch::Dashboard",
  "aws:cloudwatch/eventArchive:EventArchive": "AWS::Events::Archive",
  "aws:cloudwatch/eventBus:EventBus": "AWS::Events::EventBus",
  "aws:cloudwatch/eventRule:EventRule": "AWS::Events::Rule",
  "aws:cloudwatch/logGroup:LogGroup": "AWS::Logs::LogGroup",
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "AWS::Logs::ResourcePolicy",
  "aws:cloudwatch/metricAlarm:MetricAlarm": "AWS::CloudWatch::Alarm",
  "aws:costexplorer/anomalyMonitor:AnomalyMonitor": "AWS::CE::AnomalyMonitor",
  "aws:costexplorer/anomalySubscription:AnomalySubscription": "AWS::CE::AnomalySubscription",
  "aws:dynamodb/table:Table": "AWS::DynamoDB::Table",
  "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": "AWS::EC2::SnapshotBlockPublicAccess",
  "aws:ec2/eip:Eip": "AWS::EC2::EIP",
  "aws:ec2/flowLog:FlowLog": "AWS::EC2::FlowLog",
  "aws:ec2/internetGateway:InternetGateway": "AWS::EC2::InternetGateway",
  "aws:ec2/natGateway:NatGateway": "AWS::EC2::NatGateway",
  "aws:ec2/route:Route": "AWS::EC2::Route",
  "aws:ec2/routeTable:RouteTable": "AWS::EC2::RouteTable",
  "aws:ec2/routeTableAssociation:RouteTableAssociation": "AWS::EC2::SubnetRouteTableAssociation",
  "aws:ec2/securityGroup:SecurityGroup": "AWS::EC2::SecurityGroup",
  "aws:ec2/subnet:Subnet": "AWS::EC2::Subnet",
  "aws:ec2/vpc:Vpc": "AWS::EC2::VPC",
  "aws:ec2/vpcEndpoint:VpcEndpoint": "AWS::EC2::VPCEndpoint",
  "aws:ecr/repository:Repository": "AWS::ECR::Repository",
  "aws:ecs/cluster:Cluster": "AWS::ECS::Cluster",
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": "AWS::ECS::ClusterCapacityProviderAssociations",
  "aws:ecs/service:Service": "AWS::ECS::Service",
  "aws:ecs/taskDefinition:TaskDefinition": "AWS::ECS::TaskDefinition",
  "aws:eks/accessEntry:AccessEntry": "AWS::EKS::AccessEntry",
  "aws:eks/addon:Addon": "AWS::EKS::Addon",
  "aws:eks/cluster:Cluster": "AWS::EKS::Cluster",
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": "AWS::IAM::OIDCProvider",
  "aws:iam/policy:Policy": "AWS::IAM::ManagedPolicy",
  "aws:iam/role:Role": "AWS::IAM::Role",
  "aws:iam/rolePolicy:RolePolicy": "AWS::IAM::Policy",
  "aws:kms/alias:Alias": "AWS::KMS::Alias",
  "aws:kms/key:Key": "AWS::KMS::Key",
  "aws:lb/listener:Listener": "AWS::ElasticLoadBalancingV2::Listener",
  "aws:lb/listenerRule:ListenerRule": "AWS::ElasticLoadBalancingV2::ListenerRule",
  "aws:lb/loadBalancer:LoadBalancer": "AWS::ElasticLoadBalancingV2::LoadBalancer",
  "aws:lb/targetGroup:TargetGroup": "AWS::ElasticLoadBalancingV2::TargetGroup",
  "aws:route53/healthCheck:HealthCheck": "AWS::Route53::HealthCheck",
  "aws:route53/record:Record": "AWS::Route53::RecordSet",
  "aws:route53/zone:Zone": "AWS::Route53::HostedZone",
  "aws:s3/bucket:Bucket": "AWS::S3::Bucket",
  "aws:s3/bucketPolicy:BucketPolicy": "AWS::S3::BucketPolicy",
  "aws:servicediscovery/httpNamespace:HttpNamespace": "AWS::ServiceDiscovery::HttpNamespace",
  "aws:sns/topic:Topic": "AWS::SNS::Topic",
  "aws:sns/topicPolicy:TopicPolicy": "AWS::SNS::TopicPolicy",
  "aws:sns/topicSubscription:TopicSubscription": "AWS::SNS::Subscription",
  "aws:ssm/parameter:Parameter": "AWS::SSM::Parameter",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "AWS::EC2::SecurityGroupEgress",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "AWS::EC2::SecurityGroupIngress",
  "aws:wafv2/webAcl:WebAcl": "AWS::WAFv2::WebACL",
  "aws:wafv2/webAclAssociation:WebAclAssociation": "AWS::WAFv2::WebACLAssociation",
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": "AWS::WAFv2::LoggingConfiguration",
};

/** Stands for every object in a cluster: CDK writes each as a custom resource, with the manifest as a property of it. */
export const KUBERNETES_OBJECT = "Custom::AWSCDK-EKS-KubernetesResource";

/**
 * Types of ours that CloudFormation has no like of, with what says there what they say. Counted on neither side: a plan handles them
 * beside what is compared.
 */
export const WITHOUT_LIKENESS: Record<string, string> = {
  "aws:acm/certificateValidation:CertificateValidation": "nothing: a stack waits for its certificate itself",
  "aws:cloudwatch/eventTarget:EventTarget": "a property of the rule",
  "aws:dynamodb/resourcePolicy:ResourcePolicy": "a property of the table",
  "aws:ebs/encryptionByDefault:EncryptionByDefault": "nothing",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "a function of CDK's own, run while deploying",
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": "nothing",
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": "a property of the repository",
  "aws:ecr/repositoryPolicy:RepositoryPolicy": "a property of the repository",
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": "a property of the access entry",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "a property of the role",
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": "nothing",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "a property of the bucket",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": "a property of the bucket",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "a property of the bucket",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": "a property of the bucket",
  "aws:s3/bucketVersioning:BucketVersioning": "a property of the bucket",
};

/** What a template needs and a plan does not: resources of no interest here, and one that ours is a property of. Not counted either. */
const TEMPLATES_ONLY: ReadonlySet<string> = new Set(["AWS::CDK::Metadata", "AWS::EC2::VPCGatewayAttachment"]);

/** Counts may differ by this share, of each type and in all. */
const TOLERANCE = 0.1;

export type Counts = ReadonlyMap<string, number>;

/** Resources of a cloud or a cluster: components, which group others, are counted on neither side. */
export const isCloudResource = (type: string) => type.startsWith("aws:") || type.startsWith("kubernetes:");

/** Resources that both sides have, by the tables above: what the comparison is of. */
export function compared(plan: Counts, templates: Counts): { plan: number; templates: number; withoutLikeness: number } {
  return {
    plan: totalOf(plan, (type) => counterpartOf(type) !== undefined),
    templates: totalOf(templates, (type) => !TEMPLATES_ONLY.has(type)),
    withoutLikeness: totalOf(plan, (type) => type in WITHOUT_LIKENESS),
  };
}

/** Types of a plan that the tables do not know. */
export function unmapped(plan: Counts): string[] {
  return [...plan.keys()]
    .filter((type) => isCloudResource(type) && counterpartOf(type) === undefined && !(type in WITHOUT_LIKENESS))
    .sort();
}

/** Where plan and templates are too far from each other to be compared, in words; empty when they are the same platform. */
export function differences(plan: Counts, templates: Counts): string[] {
  const expected = expectedCounts(plan);
  const known = new Set([...expected.keys(), ...TEMPLATES_ONLY]);
  const { plan: ours, templates: theirs } = compared(plan, templates);
  return [
    ...unmapped(plan).map((type) => `${type} has no line in bench/cdk-types.ts`),
    ...[...templates.keys()].filter((type) => !known.has(type)).map((type) => `${type} is in the templates only`),
    ...[...expected].flatMap(([type, count]) =>
      isNear(templates.get(type) ?? 0, count)
        ? []
        : [`${type}: ${templates.get(type) ?? 0} in the templates, ${count} in the plan`],
    ),
    ...(isNear(theirs, ours) ? [] : [`in all: ${theirs} in the templates, ${ours} in the plan`]),
  ];
}

function counterpartOf(type: string): string | undefined {
  return type.startsWith("kubernetes:") ? KUBERNETES_OBJECT : CLOUDFORMATION_TYPES[type];
}

function totalOf(counts: Counts, counted: (type: string) => boolean): number {
  return [...counts].reduce((sum, [type, count]) => sum + (counted(type) ? count : 0), 0);
}

function expectedCounts(plan: Counts): Map<string, number> {
  const expected = new Map<string, number>();
  for (const [type, count] of plan) {
    const target = counterpartOf(type);
    if (target) expected.set(target, (expected.get(target) ?? 0) + count);
  }
  return expected;
}

function isNear(count: number, expected: number): boolean {
  return Math.abs(count - expected) <= TOLERANCE * expected;
}
