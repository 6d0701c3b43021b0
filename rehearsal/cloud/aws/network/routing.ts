import type { PropertyMap } from "@fairway/engine";
import type { Fail, Model } from "../../models/model.ts";
import { ipv4Range } from "../../rules/cidr.ts";
import { oneOf } from "../../rules/text.ts";
import { arn, ec2Id, text } from "../names.ts";

const DESTINATIONS = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"];
const TARGETS = [
  "carrierGatewayId",
  "coreNetworkArn",
  "egressOnlyGatewayId",
  "gatewayId",
  "localGatewayId",
  "natGatewayId",
  "networkInterfaceId",
  "odbNetworkArn",
  "transitGatewayId",
  "vpcEndpointId",
  "vpcPeeringConnectionId",
];

/** Route tables, routes, addresses and NAT gateways. */
export const routingModels: Model[] = [
  {
    type: "aws:ec2/routeTable:RouteTable",
    id: (making) => ec2Id(making, "rtb"),
    outputs: (made) => ({
      arn: arn(made.place, "ec2", `route-table/${made.id}`),
      ownerId: made.place.accountId,
      propagatingVgws: made.inputs.propagatingVgws ?? [],
      routes: made.inputs.routes ?? [],
    }),
  },
  {
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    validate: (inputs, fail) => exactlyOne(inputs, ["subnetId", "gatewayId"], fail),
    id: (making) => ec2Id(making, "rtbassoc"),
  },
  {
    type: "aws:ec2/route:Route",
    rules: { destinationCidrBlock: ipv4Range(0, 32) },
    validate: (inputs, fail) => {
      exactlyOne(inputs, DESTINATIONS, fail);
      exactlyOne(inputs, TARGETS, fail);
    },
    // The provider's own id: "r-", the route table and a hash of the destination.
    id: (making) => `r-${text(making.inputs, "routeTableId")}${making.number("destination", 4_294_967_296)}`,
    outputs: () => ({ instanceId: "", instanceOwnerId: "", origin: "CreateRoute", state: "active" }),
  },
  {
    type: "aws:ec2/eip:Eip",
    defaults: { domain: "vpc" },
    rules: { domain: oneOf("vpc") },
    id: (making) => ec2Id(making, "eipalloc"),
    outputs: (made) => {
      const publicIp = documentationAddress(made.number("address", 254));
      return {
        allocationId: made.id,
        arn: arn(made.place, "ec2", `elastic-ip/${made.id}`),
        associationId: "",
        carrierIp: "",
        customerOwnedIp: "",
        networkBorderGroup: made.inputs.networkBorderGroup ?? made.place.region,
        privateDns: "",
        privateIp: "",
        ptrRecord: "",
        publicDns: `ec2-${publicIp.replaceAll(".", "-")}.${made.place.region}.compute.${made.place.dnsSuffix}`,
        publicIp,
        publicIpv4Pool: made.inputs.publicIpv4Pool ?? "amazon",
      };
    },
  },
  {
    type: "aws:ec2/natGateway:NatGateway",
    defaults: { connectivityType: "public" },
    rules: { connectivityType: oneOf("public", "private"), availabilityMode: oneOf("zonal", "regional") },
    validate: natArguments,
    id: (making) => ec2Id(making, "nat"),
    outputs: (made) => ({
      associationId: made.inputs.allocationId === undefined ? "" : ec2Id(made, "eipassoc"),
      autoProvisionZones: "",
      autoScalingIps: "",
      networkInterfaceId: ec2Id(made, "eni"),
      privateIp: made.inputs.privateIp ?? `10.0.${made.number("third", 256)}.${4 + made.number("fourth", 250)}`,
      publicIp: made.inputs.connectivityType === "private" ? "" : documentationAddress(made.number("address", 254)),
      regionalNatGatewayAddresses: [],
      regionalNatGatewayAutoMode: "",
      routeTableId: "",
    }),
  },
];

function natArguments(inputs: PropertyMap, fail: Fail): void {
  const regional = inputs.availabilityMode === "regional";
  if (regional && inputs.vpcId === undefined) fail("vpcId", "is required for a regional NAT gateway. Set it.");
  if (regional && inputs.subnetId !== undefined) fail("subnetId", "is not for a regional NAT gateway. Remove it.");
  if (!regional && inputs.subnetId === undefined) fail("subnetId", "is required for a zonal NAT gateway. Set it.");
  const zonalPublic = !regional && inputs.connectivityType === "public";
  if (zonalPublic && inputs.allocationId === undefined) {
    fail("allocationId", "is required for a public NAT gateway. Set it to an Eip's allocationId.");
  }
  if (inputs.connectivityType === "private" && inputs.allocationId !== undefined) {
    fail("allocationId", "is not for a private NAT gateway. Remove it.");
  }
}

function exactlyOne(inputs: PropertyMap, names: readonly string[], fail: Fail): void {
  const given = names.filter((name) => inputs[name] !== undefined);
  if (given.length === 1) return;
  const said = given.length === 0 ? "none is set" : `${given.join(" and ")} are set`;
  fail("", `exactly one of ${names.join(", ")} is needed, ${said}.`);
}

/** A public address that belongs to nobody: TEST-NET-3 (RFC 5737). */
function documentationAddress(last: number): string {
  return `203.0.113.${last + 1}`;
}
