/**
 * Which CloudFormation type is which of ours, and properties that the two name differently. A property that is not renamed
 * here has its name with a capital; one that CloudFormation lacks can't be compared.
 *
 * Types with nothing to compare: CloudFormation has no like of `aws:ec2/defaultSecurityGroup`; `aws:iam/rolePolicyAttachment`
 * is a list on its role, `aws:eks/accessPolicyAssociation` one on its entry, `aws:secretsmanager/secretVersion` a part of its
 * secret, a bucket's settings parts of the bucket, policies parts of their repository or table; `aws:acm/certificateValidation`
 * only waits; and `AWS::Route53::HealthCheck` has all its properties in one.
 */
export const CLOUDFORMATION_TYPES: Record<string, { type: string; renamed?: Record<string, string> }> = {
  "aws:ec2/vpc:Vpc": { type: "AWS::EC2::VPC" },
  "aws:ec2/internetGateway:InternetGateway": { type: "AWS::EC2::InternetGateway" },
  "aws:ec2/subnet:Subnet": { type: "AWS::EC2::Subnet" },
  "aws:ec2/routeTable:RouteTable": { type: "AWS::EC2::RouteTable" },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": { type: "AWS::EC2::SubnetRouteTableAssociation" },
  "aws:ec2/route:Route": { type: "AWS::EC2::Route" },
  "aws:ec2/eip:Eip": { type: "AWS::EC2::EIP", renamed: { instance: "InstanceId" } },
  "aws:ec2/natGateway:NatGateway": { type: "AWS::EC2::NatGateway", renamed: { privateIp: "PrivateIpAddress" } },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { type: "AWS::EC2::VPCEndpoint", renamed: { policy: "PolicyDocument" } },
  "aws:ec2/flowLog:FlowLog": {
    type: "AWS::EC2::FlowLog",
    renamed: { iamRoleArn: "DeliverLogsPermissionArn", vpcId: "ResourceId", subnetId: "ResourceId", eniId: "ResourceId" },
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    type: "AWS::EC2::SecurityGroup",
    renamed: {
      name: "GroupName",
      description: "GroupDescription",
      ingress: "SecurityGroupIngress",
      egress: "SecurityGroupEgress",
    },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    type: "AWS::EC2::SecurityGroupIngress",
    renamed: {
      securityGroupId: "GroupId",
      cidrIpv4: "CidrIp",
      prefixListId: "SourcePrefixListId",
      referencedSecurityGroupId: "SourceSecurityGroupId",
    },
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    type: "AWS::EC2::SecurityGroupEgress",
    renamed: {
      securityGroupId: "GroupId",
      cidrIpv4: "CidrIp",
      prefixListId: "DestinationPrefixListId",
      referencedSecurityGroupId: "DestinationSecurityGroupId",
    },
  },
  "aws:lb/loadBalancer:LoadBalancer": {
    type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
    renamed: { loadBalancerType: "Type", internal: "Scheme" },
  },
  "aws:lb/listener:Listener": { type: "AWS::ElasticLoadBalancingV2::Listener", renamed: { certificateArn: "Certificates" } },
  "aws:lb/listenerRule:ListenerRule": { type: "AWS::ElasticLoadBalancingV2::ListenerRule" },
  "aws:lb/listenerCertificate:ListenerCertificate": {
    type: "AWS::ElasticLoadBalancingV2::ListenerCertificate",
    renamed: { certificateArn: "Certificates" },
  },
  "aws:lb/targetGroup:TargetGroup": { type: "AWS::ElasticLoadBalancingV2::TargetGroup" },
  "aws:wafv2/webAcl:WebAcl": { type: "AWS::WAFv2::WebACL" },
  "aws:wafv2/webAclAssociation:WebAclAssociation": { type: "AWS::WAFv2::WebACLAssociation", renamed: { webAclArn: "WebACLArn" } },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": { type: "AWS::WAFv2::LoggingConfiguration" },
  "aws:route53/zone:Zone": { type: "AWS::Route53::HostedZone", renamed: { vpcs: "VPCs" } },
  "aws:route53/record:Record": {
    type: "AWS::Route53::RecordSet",
    renamed: { zoneId: "HostedZoneId", ttl: "TTL", records: "ResourceRecords", aliases: "AliasTarget" },
  },
  "aws:ecs/cluster:Cluster": { type: "AWS::ECS::Cluster", renamed: { name: "ClusterName", settings: "ClusterSettings" } },
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": {
    type: "AWS::ECS::ClusterCapacityProviderAssociations",
    renamed: { clusterName: "Cluster", defaultCapacityProviderStrategies: "DefaultCapacityProviderStrategy" },
  },
  "aws:ecs/taskDefinition:TaskDefinition": { type: "AWS::ECS::TaskDefinition" },
  "aws:ecs/service:Service": {
    type: "AWS::ECS::Service",
    renamed: { name: "ServiceName", iamRole: "Role", capacityProviderStrategies: "CapacityProviderStrategy" },
  },
  "aws:eks/cluster:Cluster": {
    type: "AWS::EKS::Cluster",
    renamed: { vpcConfig: "ResourcesVpcConfig", enabledClusterLogTypes: "Logging", forceUpdateVersion: "Force" },
  },
  "aws:eks/accessEntry:AccessEntry": { type: "AWS::EKS::AccessEntry", renamed: { userName: "Username" } },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": { type: "AWS::EKS::PodIdentityAssociation" },
  "aws:eks/addon:Addon": {
    type: "AWS::EKS::Addon",
    renamed: { preserve: "PreserveOnDelete", resolveConflictsOnUpdate: "ResolveConflicts" },
  },
  "aws:appautoscaling/target:Target": { type: "AWS::ApplicationAutoScaling::ScalableTarget", renamed: { roleArn: "RoleARN" } },
  "aws:appautoscaling/policy:Policy": { type: "AWS::ApplicationAutoScaling::ScalingPolicy", renamed: { name: "PolicyName" } },
  "aws:servicediscovery/httpNamespace:HttpNamespace": { type: "AWS::ServiceDiscovery::HttpNamespace" },
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": { type: "AWS::ServiceDiscovery::PrivateDnsNamespace" },
  "aws:iam/role:Role": {
    type: "AWS::IAM::Role",
    renamed: { name: "RoleName", assumeRolePolicy: "AssumeRolePolicyDocument", inlinePolicies: "Policies" },
  },
  "aws:iam/rolePolicy:RolePolicy": {
    type: "AWS::IAM::RolePolicy",
    renamed: { name: "PolicyName", role: "RoleName", policy: "PolicyDocument" },
  },
  "aws:iam/policy:Policy": { type: "AWS::IAM::ManagedPolicy", renamed: { name: "ManagedPolicyName", policy: "PolicyDocument" } },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    type: "AWS::IAM::OIDCProvider",
    renamed: { clientIdLists: "ClientIdList", thumbprintLists: "ThumbprintList" },
  },
  "aws:budgets/budget:Budget": { type: "AWS::Budgets::Budget", renamed: { notifications: "NotificationsWithSubscribers" } },
  "aws:costexplorer/anomalyMonitor:AnomalyMonitor": { type: "AWS::CE::AnomalyMonitor", renamed: { name: "MonitorName" } },
  "aws:costexplorer/anomalySubscription:AnomalySubscription": {
    type: "AWS::CE::AnomalySubscription",
    renamed: { name: "SubscriptionName", monitorArnLists: "MonitorArnList" },
  },
  "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": { type: "AWS::EC2::SnapshotBlockPublicAccess" },
  "aws:accessanalyzer/analyzer:Analyzer": {
    type: "AWS::AccessAnalyzer::Analyzer",
    renamed: { configuration: "AnalyzerConfiguration" },
  },
  "aws:kms/key:Key": {
    type: "AWS::KMS::Key",
    renamed: {
      policy: "KeyPolicy",
      customerMasterKeySpec: "KeySpec",
      isEnabled: "Enabled",
      deletionWindowInDays: "PendingWindowInDays",
    },
  },
  "aws:kms/alias:Alias": { type: "AWS::KMS::Alias", renamed: { name: "AliasName" } },
  "aws:secretsmanager/secret:Secret": { type: "AWS::SecretsManager::Secret", renamed: { replicas: "ReplicaRegions" } },
  "aws:ssm/parameter:Parameter": { type: "AWS::SSM::Parameter" },
  "aws:s3/bucket:Bucket": { type: "AWS::S3::Bucket", renamed: { bucket: "BucketName", bucketPrefix: "BucketNamePrefix" } },
  "aws:s3/bucketPolicy:BucketPolicy": { type: "AWS::S3::BucketPolicy", renamed: { policy: "PolicyDocument" } },
  "aws:acm/certificate:Certificate": {
    type: "AWS::CertificateManager::Certificate",
    renamed: { validationOptions: "DomainValidationOptions" },
  },
  "aws:ecr/repository:Repository": {
    type: "AWS::ECR::Repository",
    renamed: { name: "RepositoryName", encryptionConfigurations: "EncryptionConfiguration", forceDelete: "EmptyOnDelete" },
  },
  "aws:dynamodb/table:Table": {
    type: "AWS::DynamoDB::Table",
    renamed: {
      name: "TableName",
      attributes: "AttributeDefinitions",
      hashKey: "KeySchema",
      rangeKey: "KeySchema",
      importTable: "ImportSourceSpecification",
      pointInTimeRecovery: "PointInTimeRecoverySpecification",
      serverSideEncryption: "SSESpecification",
      ttl: "TimeToLiveSpecification",
    },
  },
  "aws:cloudwatch/logGroup:LogGroup": { type: "AWS::Logs::LogGroup", renamed: { name: "LogGroupName" } },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    type: "AWS::CloudWatch::Alarm",
    renamed: { name: "AlarmName", okActions: "OKActions", metricQueries: "Metrics" },
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    type: "AWS::CloudWatch::CompositeAlarm",
    renamed: { okActions: "OKActions" },
  },
  "aws:cloudwatch/dashboard:Dashboard": { type: "AWS::CloudWatch::Dashboard" },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": { type: "AWS::Logs::ResourcePolicy" },
  "aws:amp/workspace:Workspace": { type: "AWS::APS::Workspace" },
  "aws:cloudwatch/eventBus:EventBus": { type: "AWS::Events::EventBus" },
  "aws:cloudwatch/eventRule:EventRule": { type: "AWS::Events::Rule" },
  "aws:cloudwatch/eventArchive:EventArchive": {
    type: "AWS::Events::Archive",
    renamed: { name: "ArchiveName", eventSourceArn: "SourceArn" },
  },
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": {
    type: "AWS::Chatbot::SlackChannelConfiguration",
    renamed: {
      slackTeamId: "SlackWorkspaceId",
      guardrailPolicyArns: "GuardrailPolicies",
      userAuthorizationRequired: "UserRoleRequired",
    },
  },
  "aws:sns/topic:Topic": { type: "AWS::SNS::Topic", renamed: { name: "TopicName" } },
  "aws:sns/topicPolicy:TopicPolicy": { type: "AWS::SNS::TopicPolicy", renamed: { policy: "PolicyDocument" } },
  "aws:sns/topicSubscription:TopicSubscription": { type: "AWS::SNS::Subscription", renamed: { topic: "TopicArn" } },
};
