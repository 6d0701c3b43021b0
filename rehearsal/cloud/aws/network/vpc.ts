import type { Model } from "../../models/model.ts";
import { ipv4Range } from "../../rules/cidr.ts";
import { oneOf } from "../../rules/text.ts";
import { arn, ec2Id } from "../names.ts";
import { subnetArguments } from "./subnet-arguments.ts";

/** VPCs and what divides them. Block sizes: Amazon VPC user guide, "VPC CIDR blocks" and "Subnet sizing". */
export const vpcModels: Model[] = [
  {
    type: "aws:ec2/vpc:Vpc",
    guarded: "foundation",
    defaults: { enableDnsSupport: true, instanceTenancy: "default" },
    rules: { cidrBlock: ipv4Range(16, 28), instanceTenancy: oneOf("default", "dedicated") },
    validate: (inputs, fail) => {
      if (inputs.cidrBlock === undefined && inputs.ipv4IpamPoolId === undefined)
        fail("cidrBlock", "is required. Set it, or ipv4IpamPoolId.");
      if (inputs.enableDnsHostnames === true && inputs.enableDnsSupport === false) {
        fail("enableDnsHostnames", "needs enableDnsSupport. Set enableDnsSupport to true.");
      }
    },
    id: (making) => ec2Id(making, "vpc"),
    outputs: (made) => {
      const mainRouteTableId = ec2Id(made, "rtb");
      return {
        arn: arn(made.place, "ec2", `vpc/${made.id}`),
        defaultNetworkAclId: ec2Id(made, "acl"),
        defaultRouteTableId: mainRouteTableId,
        defaultSecurityGroupId: ec2Id(made, "sg"),
        dhcpOptionsId: ec2Id(made, "dopt"),
        enableDnsHostnames: made.inputs.enableDnsHostnames ?? false,
        enableNetworkAddressUsageMetrics: made.inputs.enableNetworkAddressUsageMetrics ?? false,
        ipv6AssociationId: "",
        ipv6CidrBlock: made.inputs.ipv6CidrBlock ?? "",
        mainRouteTableId,
        ownerId: made.place.accountId,
      };
    },
  },
  {
    type: "aws:ec2/internetGateway:InternetGateway",
    id: (making) => ec2Id(making, "igw"),
    outputs: (made) => ({
      arn: arn(made.place, "ec2", `internet-gateway/${made.id}`),
      ownerId: made.place.accountId,
      vpcId: made.inputs.vpcId ?? "",
    }),
  },
  {
    type: "aws:ec2/subnet:Subnet",
    guarded: "foundation",
    defaults: { assignIpv6AddressOnCreation: false, mapPublicIpOnLaunch: false },
    rules: { cidrBlock: ipv4Range(16, 28) },
    validate: subnetArguments,
    id: (making) => ec2Id(making, "subnet"),
    outputs: (made) => ({
      arn: arn(made.place, "ec2", `subnet/${made.id}`),
      availabilityZone: made.inputs.availabilityZone ?? `${made.place.region}${"abc"[made.number("zone", 3)]}`,
      ipv6CidrBlockAssociationId: "",
      ownerId: made.place.accountId,
    }),
  },
];
