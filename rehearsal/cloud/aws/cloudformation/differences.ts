import type { Comparison } from "./compare.ts";

/** Differences of one type that have one reason. */
export interface Explained {
  type: string;
  properties: string[];
  provider: Comparison["provider"];
  cloudFormation: Comparison["cloudFormation"];
  /** Why the provider that we rehearse and CloudFormation do not do the same. */
  why: string;
}

const MODIFIED =
  "the provider calls ModifySecurityGroupRules, which keeps the rule's id but not a peer of another kind; CloudFormation revokes and authorises anew";

function rule(type: string): Explained[] {
  const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];
  const common = { type, cloudFormation: "replaces", why: MODIFIED } as const;
  return [
    { ...common, properties: ["fromPort", "ipProtocol", "toPort"], provider: "in place" },
    { ...common, properties: peers, provider: "sometimes replaces" },
  ];
}

/** Where the provider and CloudFormation differ, and why we follow the provider: it is what a `pulumi up` runs. */
export const EXPLAINED: Explained[] = [
  {
    type: "aws:budgets/budget:Budget",
    properties: ["notifications"],
    provider: "in place",
    cloudFormation: "replaces",
    why: "the provider deletes and creates a budget's notifications by calls of their own; CloudFormation makes the budget anew",
  },
  {
    type: "aws:costexplorer/anomalySubscription:AnomalySubscription",
    properties: ["name"],
    provider: "replaces",
    cloudFormation: "in place",
    why: "the provider's schema makes it anew; AWS itself can rename a subscription",
  },
  {
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    properties: ["routeTableId"],
    provider: "in place",
    cloudFormation: "replaces",
    why: "the provider calls ReplaceRouteTableAssociation, so that the subnet is never without a route table",
  },
  {
    type: "aws:ec2/eip:Eip",
    properties: ["publicIpv4Pool"],
    provider: "replaces",
    cloudFormation: "in place",
    why: "an address keeps its pool: the provider allocates another, CloudFormation says that its update interrupts",
  },
  {
    type: "aws:ec2/natGateway:NatGateway",
    properties: ["secondaryPrivateIpAddressCount"],
    provider: "replaces",
    cloudFormation: "in place",
    why: "the provider's schema makes it anew; AWS itself can assign further addresses",
  },
  {
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    properties: ["dnsOptions", "privateDnsEnabled"],
    provider: "sometimes replaces",
    cloudFormation: "in place",
    why: "the provider replaces by kind of endpoint and for settings of private domains, which AWS can't modify; CloudFormation's specification does not say so",
  },
  ...rule("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"),
  ...rule("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"),
  {
    type: "aws:lb/loadBalancer:LoadBalancer",
    properties: ["securityGroups", "subnets"],
    provider: "sometimes replaces",
    cloudFormation: "in place",
    why: "only of network load balancers: AWS can't take a subnet away from one, nor give it its first security group",
  },
  {
    type: "aws:lb/listenerCertificate:ListenerCertificate",
    properties: ["certificateArn"],
    provider: "replaces",
    cloudFormation: "in place",
    why: "the provider's resource is one certificate of a listener, CloudFormation's is the list of them",
  },
  {
    type: "aws:route53/record:Record",
    properties: ["setIdentifier", "type"],
    provider: "replaces",
    cloudFormation: "in place",
    why: "the provider identifies a record by zone, name, type and set; CloudFormation deletes and creates within one update",
  },
  {
    type: "aws:ecs/service:Service",
    properties: ["capacityProviderStrategies"],
    provider: "sometimes replaces",
    cloudFormation: "in place",
    why: "ECS takes a new strategy only with a forced new deployment, which CloudFormation starts itself and the provider when told to",
  },
  {
    type: "aws:ecs/service:Service",
    properties: ["deploymentController"],
    provider: "sometimes replaces",
    cloudFormation: "replaces",
    why: "its only part is the type; writing down the default one is no change to the provider",
  },
  {
    type: "aws:eks/cluster:Cluster",
    properties: ["encryptionConfig", "kubernetesNetworkConfig"],
    provider: "sometimes replaces",
    cloudFormation: "replaces",
    why: "the provider adds encryption in place and replaces only to remove it; of the network it replaces for addresses, not for Auto Mode's load balancing",
  },
  {
    type: "aws:eks/cluster:Cluster",
    properties: ["accessConfig", "computeConfig", "vpcConfig"],
    provider: "sometimes replaces",
    cloudFormation: "in place",
    why: "the creator's admin rights, the nodes' role and a way out of one's own can't be changed back: CloudFormation refuses the update, the provider makes a new cluster",
  },
  {
    type: "aws:eks/cluster:Cluster",
    properties: ["remoteNetworkConfig"],
    provider: "replaces",
    cloudFormation: "in place",
    why: "the provider's schema makes it anew, as we know it; AWS itself can change the ranges of hybrid nodes",
  },
  {
    type: "aws:kms/key:Key",
    properties: ["customerMasterKeySpec", "keyUsage", "multiRegion"],
    provider: "replaces",
    cloudFormation: "in place",
    why: "AWS can't change them: CloudFormation refuses the update, or since 2023 needs a new key too, the provider makes a new key",
  },
  {
    type: "aws:secretsmanager/secret:Secret",
    properties: ["type"],
    provider: "replaces",
    cloudFormation: "in place",
    why: "a managed external secret keeps its type; CloudFormation's specification does not say so",
  },
  {
    type: "aws:ssm/parameter:Parameter",
    properties: ["dataType"],
    provider: "replaces",
    cloudFormation: "in place",
    why: "a new version of a parameter keeps the data type; the provider makes a new parameter",
  },
  {
    type: "aws:dynamodb/table:Table",
    properties: ["localSecondaryIndexes"],
    provider: "replaces",
    cloudFormation: "in place",
    why: "AWS makes local indexes with the table only: CloudFormation refuses the update, the provider makes a new table",
  },
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    properties: ["logGroupClass"],
    provider: "replaces",
    cloudFormation: "in place",
    why: "AWS can't change the class of a log group: CloudFormation's update fails, the provider makes a new group",
  },
];
