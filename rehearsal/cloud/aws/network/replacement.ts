import { equal, isMap, type PropertyValue } from "@fairway/engine";
import type { Change, ReplaceWhen, Replacements } from "../../models/model.ts";
import { REGION, generallyKnown, read } from "../sources.ts";

/** A rule may name another peer in place, but not one of another kind: a range instead of a group. */
const otherKind: ReplaceWhen = ({ oldValue, newValue }) => (oldValue === undefined) !== (newValue === undefined);
const OTHER_KIND_OF_PEER = {
  cidrIpv4: otherKind,
  cidrIpv6: otherKind,
  prefixListId: otherKind,
  referencedSecurityGroupId: otherKind,
};

/** What forces replacement; see ../replacement.ts. */
export const networkReplacement: Record<string, Replacements> = {
  "aws:ec2/vpc:Vpc": {
    source: read("ec2/vpc_.go"),
    properties: [REGION, "cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    sometimes: { instanceTenancy: becomes("dedicated") },
  },
  "aws:ec2/internetGateway:InternetGateway": { source: generallyKnown("ec2/vpc_internet_gateway.go"), properties: [REGION] },
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
  "aws:ec2/routeTable:RouteTable": { source: generallyKnown("ec2/vpc_route_table.go"), properties: [REGION, "vpcId"] },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    source: generallyKnown("ec2/vpc_route_table_association.go"),
    properties: [REGION, "subnetId", "gatewayId"],
  },
  "aws:ec2/route:Route": {
    source: generallyKnown("ec2/vpc_route.go"),
    properties: [REGION, "routeTableId", "destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"],
  },
  "aws:ec2/eip:Eip": {
    source: generallyKnown("ec2/ec2_eip.go"),
    properties: [REGION, "address", "customerOwnedIpv4Pool", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"],
  },
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
    properties: [
      REGION,
      "vpcId",
      "serviceName",
      "serviceRegion",
      "vpcEndpointType",
      "serviceNetworkArn",
      "resourceConfigurationArn",
    ],
    sometimes: {
      privateDnsEnabled: ({ newInputs }) => newInputs.vpcEndpointType !== "Interface",
      dnsOptions: changesPrivateDnsDomains,
    },
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
    source: generallyKnown("ec2/vpc_default_security_group.go"),
    properties: [REGION, "vpcId"],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    source: read("ec2/vpc_security_group_ingress_rule.go"),
    properties: [REGION, "securityGroupId"],
    sometimes: OTHER_KIND_OF_PEER,
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    source: read("ec2/vpc_security_group_egress_rule.go"),
    properties: [REGION, "securityGroupId"],
    sometimes: OTHER_KIND_OF_PEER,
  },
};

function becomes(value: string): ReplaceWhen {
  return ({ newValue }) => newValue === value;
}

/** dnsOptions changes in place, but for the two settings that say which private domains there are. */
function changesPrivateDnsDomains({ oldValue, newValue }: Change): boolean {
  const part = (value: PropertyValue | undefined, key: string) => (isMap(value) ? value[key] : undefined);
  return ["privateDnsPreference", "privateDnsSpecifiedDomains"].some((key) => !equal(part(oldValue, key), part(newValue, key)));
}
