/**
 * Which CloudFormation type stands for which type of ours. `null`: CloudFormation has none, because what it says is a property of another
 * resource, or something that it can't do.
 */
export const CLOUDFORMATION_TYPES: Record<string, string | null> = {
  "aws:appautoscaling/policy:Policy": "AWS::ApplicationAutoScaling::ScalingPolicy",
  "aws:appautoscaling/target:Target": "AWS::ApplicationAutoScaling::ScalableTarget",
  "aws:cloudwatch/logGroup:LogGroup": "AWS::Logs::LogGroup",
  "aws:cloudwatch/metricAlarm:MetricAlarm": "AWS::CloudWatch::Alarm",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": null, // CDK does it with a function of its own, run while deploying
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
  "aws:ecs/cluster:Cluster": "AWS::ECS::Cluster",
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": "AWS::ECS::ClusterCapacityProviderAssociations",
  "aws:ecs/service:Service": "AWS::ECS::Service",
  "aws:ecs/taskDefinition:TaskDefinition": "AWS::ECS::TaskDefinition",
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
  "aws:s3/bucket:Bucket": "AWS::S3::Bucket",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": null, // a property of the bucket, as are the four below
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": null,
  "aws:s3/bucketPolicy:BucketPolicy": "AWS::S3::BucketPolicy",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": null,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": null,
  "aws:s3/bucketVersioning:BucketVersioning": null,
  "aws:servicediscovery/httpNamespace:HttpNamespace": "AWS::ServiceDiscovery::HttpNamespace",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "AWS::EC2::SecurityGroupEgress",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "AWS::EC2::SecurityGroupIngress",
  "aws:wafv2/webAcl:WebAcl": "AWS::WAFv2::WebACL",
  "aws:wafv2/webAclAssociation:WebAclAssociation": "AWS::WAFv2::WebACLAssociation",
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": "AWS::WAFv2::LoggingConfiguration",
};

/** What a template needs and a plan does not: resources of no interest here, and one that ours is a property of. */
const TEMPLATES_ONLY: ReadonlySet<string> = new Set(["AWS::CDK::Metadata", "AWS::EC2::VPCGatewayAttachment"]);

/** Counts may differ by this share, of each type and in all. */
const TOLERANCE = 0.1;

export type Counts = ReadonlyMap<string, number>;

/** Resources of a cloud: components, which group others, are counted on neither side. */
export const isCloudResource = (type: string) => type.startsWith("aws:");

/** Types of a plan that the table does not know. */
export function unmapped(plan: Counts): string[] {
  return [...plan.keys()].filter((type) => isCloudResource(type) && !(type in CLOUDFORMATION_TYPES)).sort();
}

/** Where plan and templates are too far from each other to be compared, in words; empty when they are the same platform. */
export function differences(plan: Counts, templates: Counts): string[] {
  const expected = expectedCounts(plan);
  const known = new Set([...expected.keys(), ...TEMPLATES_ONLY]);
  const ours = totalOf(plan, isCloudResource);
  const theirs = totalOf(templates, (type) => type !== "AWS::CDK::Metadata");
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

export function totalOf(counts: Counts, counted: (type: string) => boolean): number {
  return [...counts].reduce((sum, [type, count]) => sum + (counted(type) ? count : 0), 0);
}

function expectedCounts(plan: Counts): Map<string, number> {
  const expected = new Map<string, number>();
  for (const [type, count] of plan) {
    const target = CLOUDFORMATION_TYPES[type];
    if (target) expected.set(target, (expected.get(target) ?? 0) + count);
  }
  return expected;
}

function isNear(count: number, expected: number): boolean {
  return Math.abs(count - expected) <= TOLERANCE * expected;
}
