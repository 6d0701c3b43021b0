import { equal } from "../engine.ts";
import type { Replacements, ReplaceWhen } from "../models/model.ts";

/** The schema file in hashicorp/terraform-provider-aws was read: its ForceNew marks. */
const read = (file: string) => `terraform-provider-aws, internal/service/${file}`;

/** The upstream schema as generally known, not read again; replacement.test.ts shows where AWS's own specification agrees. */
const known = (file: string) => `terraform-provider-aws, internal/service/${file} (not re-read)`;

/** In every regional type of provider 7 a change of `region` replaces. */
const REGION = "region";

/**
 * What forces replacement, by type: the properties whose change makes a new resource, and where that is known from.
 *
 * Cross-checked with AWS's CloudFormation specification in replacement.test.ts; a property that is not here changes in place.
 */
export const replacementTable: Record<string, Replacements> = {
  "aws:ec2/vpc:Vpc": {
    source: read("ec2/vpc_.go"),
    properties: [REGION, "cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    sometimes: { instanceTenancy: becomes("dedicated") },
  },
  "aws:ec2/internetGateway:InternetGateway": { source: known("ec2/vpc_internet_gateway.go"), properties: [REGION] },
  "aws:ec2/subnet:Subnet": {
    source: read("ec2/vpc_subnet.go"),
    properties: [
      REGION,
      "vpcId",
      "cidrBlock",
      "availabilityZone",
      "availabilityZoneId",
      "ipv4IpamPoolId",
      "ipv4NetmaskLength",
      "ipv6IpamPoolId",
      "ipv6NetmaskLength",
      "ipv6Native",
      "outpostArn",
    ],
    sometimes: { ipv6CidrBlock: ({ oldInputs }) => oldInputs.assignIpv6AddressOnCreation === true },
  },
  "aws:ec2/routeTable:RouteTable": { source: known("ec2/vpc_route_table.go"), properties: [REGION, "vpcId"] },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    source: known("ec2/vpc_route_table_association.go"),
    properties: [REGION, "subnetId", "gatewayId"],
  },
  "aws:ec2/route:Route": {
    source: known("ec2/vpc_route.go"),
    properties: [REGION, "routeTableId", "destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"],
  },
  "aws:ec2/eip:Eip": { source: known("ec2/ec2_eip.go"), properties: [REGION, "domain", "publicIpv4Pool", "networkBorderGroup"] },
  "aws:ec2/natGateway:NatGateway": {
    source: read("ec2/vpc_nat_gateway.go"),
    properties: [
      REGION,
      "subnetId",
      "allocationId",
      "connectivityType",
      "privateIp",
      "secondaryPrivateIpAddressCount",
      "availabilityMode",
      "vpcId",
    ],
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    source: read("ec2/vpc_endpoint.go"),
    properties: [REGION, "vpcId", "serviceName", "serviceRegion", "vpcEndpointType", "serviceNetworkArn", "resourceConfigurationArn"],
    sometimes: { privateDnsEnabled: ({ newInputs }) => newInputs.vpcEndpointType !== "Interface", dnsOptions: changesPrivateDnsDomains },
  },
  "aws:ec2/flowLog:FlowLog": {
    source: read("ec2/vpc_flow_log.go"),
    properties: [
      REGION,
      "deliverCrossAccountRole",
      "destinationOptions",
      "eniId",
      "iamRoleArn",
      "logDestination",
      "logDestinationType",
      "logFormat",
      "maxAggregationInterval",
      "regionalNatGatewayId",
      "subnetId",
      "tagFieldSpecifications",
      "trafficType",
      "transitGatewayAttachmentId",
      "transitGatewayId",
      "vpcId",
    ],
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    source: read("ec2/vpc_security_group.go"),
    properties: [REGION, "name", "namePrefix", "description", "vpcId"],
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    source: known("ec2/vpc_default_security_group.go"),
    properties: [REGION, "vpcId"],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    source: known("ec2/vpc_security_group_ingress_rule.go"),
    properties: [REGION, "securityGroupId"],
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    source: known("ec2/vpc_security_group_egress_rule.go"),
    properties: [REGION, "securityGroupId"],
  },
};

function becomes(value: string): ReplaceWhen {
  return ({ newValue }) => newValue === value;
}

/** dnsOptions changes in place, but for the two settings that say which private domains there are. */
function changesPrivateDnsDomains({ oldValue, newValue }: Parameters<ReplaceWhen>[0]): boolean {
  const part = (value: typeof oldValue, key: string) => (value as Record<string, never> | undefined)?.[key];
  return ["privateDnsPreference", "privateDnsSpecifiedDomains"].some((key) => !equal(part(oldValue, key), part(newValue, key)));
}
