import { arnPattern, type Sample, samplePolicy } from "../sample.ts";

const ec2 = (prefix: string) => new RegExp(`^${prefix}-0[0-9a-f]{16}$`);
const ruleBad: Sample["bad"] = [
  [{ ipProtocol: null }, "ipProtocol", /is required/],
  [{ cidrIpv4: null }, "", /exactly one of cidrIpv4.* 0 are set/],
  [{ referencedSecurityGroupId: "sg-1" }, "", /2 are set/],
  [{ cidrIpv4: "10.0.0.1/16" }, "cidrIpv4", /host bits set. Write 10.0.0.0\/16/],
  [{ toPort: null }, "fromPort", /tcp needs fromPort and toPort/],
  [{ fromPort: 8443, toPort: 443 }, "toPort", /443 is below fromPort 8443/],
  [{ ipProtocol: "-1" }, "fromPort", /has no ports/],
  [{ toPort: 70000 }, "toPort", /-1 to 65535/],
];
const rule = { securityGroupId: "sg-0a", ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" };

export const networkSamples: Sample[] = [
  {
    type: "aws:ec2/vpc:Vpc",
    good: { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, tags: { Name: "main" } },
    id: ec2("vpc"),
    outputs: { arn: arnPattern("ec2", "vpc/vpc-0[0-9a-f]{16}"), defaultSecurityGroupId: ec2("sg"), ownerId: /^111122223333$/ },
    bad: [
      [{ cidrBlock: "10.0.0.0/8" }, "cidrBlock", /is a \/8, allowed are \/16 to \/28/],
      [{ cidrBlock: "10.0.0.7/16" }, "cidrBlock", /Write 10\.0\.0\.0\/16/],
      [{ cidrBlock: null }, "cidrBlock", /is required/],
      [{ enableDnsSupport: false }, "enableDnsHostnames", /needs enableDnsSupport/],
      [{ cidrblock: "10.0.0.0/16" }, "cidrblock", /Did you mean cidrBlock/],
      [{ arn: "arn:x" }, "arn", /is an output/],
    ],
  },
  {
    type: "aws:ec2/internetGateway:InternetGateway",
    good: { vpcId: "vpc-0a" },
    id: ec2("igw"),
    bad: [[{ vpc: "vpc-0a" }, "vpc", /Did you mean vpcId/]],
  },
  {
    type: "aws:ec2/subnet:Subnet",
    good: { vpcId: "vpc-0a", cidrBlock: "10.0.0.0/20", availabilityZone: "eu-west-1a" },
    id: ec2("subnet"),
    outputs: { arn: arnPattern("ec2", "subnet/subnet-0[0-9a-f]{16}") },
    bad: [
      [{ vpcId: null }, "vpcId", /is required/],
      [{ cidrBlock: "10.0.0.0/29" }, "cidrBlock", /\/16 to \/28/],
      [{ cidrBlock: null }, "cidrBlock", /is required for a subnet that is not IPv6 only/],
      [{ availabilityZoneId: "euw1-az1" }, "availabilityZoneId", /conflicts with availabilityZone/],
      [{ availabilityZone: "eu-west-1" }, "availabilityZone", /Write it as in eu-west-1a/],
    ],
  },
  {
    type: "aws:ec2/routeTable:RouteTable",
    good: { vpcId: "vpc-0a" },
    id: ec2("rtb"),
    bad: [[{ vpcId: null }, "vpcId", /is required/]],
  },
  {
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    good: { routeTableId: "rtb-0a", subnetId: "subnet-0a" },
    id: ec2("rtbassoc"),
    bad: [[{ gatewayId: "igw-0a" }, "", /subnetId and gatewayId are set/]],
  },
  {
    type: "aws:ec2/route:Route",
    good: { routeTableId: "rtb-0a", destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-0a" },
    id: /^r-rtb-0a\d+$/,
    outputs: { state: /^active$/ },
    bad: [
      [{ natGatewayId: "nat-0a" }, "", /gatewayId and natGatewayId are set/],
      [{ destinationCidrBlock: null }, "", /exactly one of destinationCidrBlock/],
      [{ destinationCidrBlock: "everywhere" }, "destinationCidrBlock", /not an IPv4 range/],
    ],
  },
  {
    type: "aws:ec2/eip:Eip",
    good: {},
    id: ec2("eipalloc"),
    outputs: {
      allocationId: ec2("eipalloc"),
      publicIp: /^203\.0\.113\.\d+$/,
      publicDns: /^ec2-203-0-113-\d+\.eu-west-1\.compute\.amazonaws\.com$/,
    },
    bad: [[{ domain: "standard" }, "domain", /Use one of vpc/]],
  },
  {
    type: "aws:ec2/natGateway:NatGateway",
    good: { subnetId: "subnet-0a", allocationId: "eipalloc-0a" },
    id: ec2("nat"),
    outputs: { networkInterfaceId: ec2("eni") },
    bad: [
      [{ allocationId: null }, "allocationId", /is required for a public NAT gateway/],
      [{ subnetId: null }, "subnetId", /is required for a zonal/],
      [{ availabilityMode: "regional" }, "vpcId", /is required for a regional/],
      [{ connectivityType: "private" }, "allocationId", /is not for a private/],
    ],
  },
  {
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    good: {
      vpcId: "vpc-0a",
      serviceName: "com.amazonaws.eu-west-1.logs",
      vpcEndpointType: "Interface",
      subnetIds: ["subnet-0a", "subnet-0b"],
    },
    id: ec2("vpce"),
    outputs: { arn: arnPattern("ec2", "vpc-endpoint/vpce-0[0-9a-f]{16}"), state: /^available$/ },
    bad: [
      [{ vpcEndpointType: "Gateway" }, "subnetIds", /is not for a gateway endpoint/],
      [{ routeTableIds: ["rtb-0a"] }, "routeTableIds", /for gateway endpoints only/],
      [{ serviceName: null }, "serviceName", /is required/],
      [{ policy: "{" }, "policy", /is not JSON/],
      [{ policy: samplePolicy({ Effect: "Permit" }) }, "policy", /Statement\[0\]: Effect "Permit" is not Allow or Deny/],
    ],
  },
  {
    type: "aws:ec2/flowLog:FlowLog",
    good: {
      vpcId: "vpc-0a",
      trafficType: "ALL",
      logDestination: "arn:aws:logs:eu-west-1:111122223333:log-group:flow:*",
      iamRoleArn: "arn:aws:iam::111122223333:role/flow",
    },
    id: ec2("fl"),
    outputs: { logDestination: /:log-group:flow$/, logFormat: /^\$\{version\} \$\{account-id\}/ },
    bad: [
      [{ maxAggregationInterval: 300 }, "maxAggregationInterval", /Use one of 60, 600/],
      [{ iamRoleArn: null }, "iamRoleArn", /is required when logs go to CloudWatch/],
      [{ subnetId: "subnet-0a" }, "", /exactly one of vpcId, subnetId.* 2 are set/],
    ],
  },
  {
    type: "aws:ec2/securityGroup:SecurityGroup",
    good: { vpcId: "vpc-0a", description: "HTTP from clients" },
    id: ec2("sg"),
    outputs: { arn: arnPattern("ec2", "security-group/sg-0[0-9a-f]{16}"), name: /^sample-[0-9a-f]{7}$/ },
    bad: [
      [{ name: "sg-mine" }, "name", /begins with sg-/],
      [{ description: "clients’ traffic" }, "description", /is not allowed: use letters/],
      [{ description: "x".repeat(256) }, "description", /at most 255/],
    ],
  },
  {
    type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    good: { vpcId: "vpc-0a" },
    id: ec2("sg"),
    outputs: { name: /^default$/ },
    bad: [[{ name: "mine" }, "name", /is an output/]],
  },
  { type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", good: rule, id: ec2("sgr"), bad: ruleBad },
  { type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", good: rule, id: ec2("sgr"), bad: ruleBad },
];
