/** Reasons why types cost nothing by themselves. */
const REASONS = {
  network: "AWS bills gateways, addresses and traffic, not the layout of a network",
  permission: "AWS does not bill identities and permissions",
  setting: "a setting of another resource, which is billed",
  registration: "part of a load balancer, service or cluster that is billed",
  definition: "a definition; what runs by it is billed",
  record: "records are part of their zone",
  certificate: "public certificates of ACM are free",
  watching: "AWS does not bill it: budgets without actions, cost anomaly detection",
  delivery: "deliveries are billed at what sends or receives them",
  objects: "objects of a cluster: its control plane and nodes are billed",
} as const;

/** Types that cost nothing, with the reason. Whatever is neither here nor has a rule counts as not priced. */
const TYPES: Record<keyof typeof REASONS, readonly string[]> = {
  network: [
    "aws:ec2/vpc:Vpc",
    "aws:ec2/subnet:Subnet",
    "aws:ec2/internetGateway:InternetGateway",
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
    "aws:ec2/routeTable:RouteTable",
    "aws:ec2/route:Route",
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
    "aws:ec2/networkAcl:NetworkAcl",
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
    "aws:ec2/defaultRouteTable:DefaultRouteTable",
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "aws:ec2/vpcDhcpOptions:VpcDhcpOptions",
    "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
    "aws:ec2/managedPrefixList:ManagedPrefixList",
  ],
  permission: [
    "aws:iam/role:Role",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/policy:Policy",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
    "aws:iam/accountAlias:AccountAlias",
    "aws:iam/instanceProfile:InstanceProfile",
    "aws:iam/serviceLinkedRole:ServiceLinkedRole",
    "aws:eks/accessEntry:AccessEntry",
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    "aws:kms/alias:Alias",
    "aws:kms/grant:Grant",
    "aws:kms/keyPolicy:KeyPolicy",
  ],
  setting: [
    "aws:ec2/flowLog:FlowLog", // billed where its log group is
    "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
    "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
    "aws:ec2/serialConsoleAccess:SerialConsoleAccess",
    "aws:ebs/encryptionByDefault:EncryptionByDefault",
    "aws:ebs/defaultKmsKey:DefaultKmsKey",
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
    "aws:ecs/accountSettingDefault:AccountSettingDefault",
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketLogging:BucketLogging",
    "aws:s3/bucketNotification:BucketNotification",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:dynamodb/resourcePolicy:ResourcePolicy",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    "aws:ecr/repositoryPolicy:RepositoryPolicy",
    "aws:ecr/registryPolicy:RegistryPolicy",
    "aws:ecr/accountSetting:AccountSetting",
    "aws:rds/parameterGroup:ParameterGroup",
    "aws:rds/clusterParameterGroup:ClusterParameterGroup",
    "aws:rds/subnetGroup:SubnetGroup",
    "aws:secretsmanager/secretPolicy:SecretPolicy",
    "aws:secretsmanager/secretRotation:SecretRotation",
    "aws:secretsmanager/secretVersion:SecretVersion",
    "aws:sqs/queuePolicy:QueuePolicy",
    "aws:sqs/redrivePolicy:RedrivePolicy",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:cfg/deliveryChannel:DeliveryChannel",
    "aws:cfg/recorderStatus:RecorderStatus",
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
  ],
  registration: [
    "aws:lb/listener:Listener",
    "aws:lb/listenerCertificate:ListenerCertificate",
    "aws:lb/listenerRule:ListenerRule",
    "aws:lb/targetGroup:TargetGroup",
    "aws:lb/targetGroupAttachment:TargetGroupAttachment",
    "aws:wafv2/webAclAssociation:WebAclAssociation",
    "aws:wafv2/ipSet:IpSet",
    "aws:servicediscovery/httpNamespace:HttpNamespace",
    "aws:appautoscaling/target:Target",
    "aws:appautoscaling/scheduledAction:ScheduledAction",
    "aws:eks/addon:Addon",
  ],
  definition: [
    "aws:ecs/taskDefinition:TaskDefinition",
    "aws:cloudwatch/eventRule:EventRule",
    "aws:cloudwatch/queryDefinition:QueryDefinition",
  ],
  record: ["aws:route53/record:Record"],
  certificate: ["aws:acm/certificate:Certificate", "aws:acm/certificateValidation:CertificateValidation"],
  watching: [
    "aws:budgets/budget:Budget",
    "aws:costexplorer/anomalyMonitor:AnomalyMonitor",
    "aws:costexplorer/anomalySubscription:AnomalySubscription",
  ],
  delivery: [
    "aws:sns/topicSubscription:TopicSubscription",
    "aws:cloudwatch/eventTarget:EventTarget",
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
    "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration",
    "aws:amp/alertManagerDefinition:AlertManagerDefinition",
    "aws:amp/ruleGroupNamespace:RuleGroupNamespace",
  ],
  objects: [],
};

const BY_TYPE = new Map(
  Object.entries(TYPES).flatMap(([reason, types]) =>
    types.map((type) => [type, REASONS[reason as keyof typeof REASONS]] as const),
  ),
);

/** Kinds that make something outside of the cluster, or may. */
const MAKING =
  /:(PersistentVolumeClaim|PersistentVolume|VolumeSnapshot|VolumeSnapshotContent|Service|Ingress|Gateway|StatefulSet)$|:helm\.sh\/|\.services\.k8s\.aws\/|:karpenter\./;

/** Why a type costs nothing by itself; undefined when that is not known. */
export function freeBecause(type: string): string | undefined {
  // A claim makes a volume, a service or a gateway may make a load balancer, a chart or a controller of AWS anything: those are no mere objects.
  if (type.startsWith("kubernetes:") && !MAKING.test(type)) return REASONS.objects;
  return BY_TYPE.get(type);
}
