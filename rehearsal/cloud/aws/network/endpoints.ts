import type { PropertyMap } from "@fairway/engine";
import type { Fail, Model } from "../../models/model.ts";
import { policyDocument, sameJson } from "../../rules/policy.ts";
import { oneOf, unordered } from "../../rules/text.ts";
import { arn, ec2Id, text } from "../names.ts";

/** VPC endpoints and flow logs. */
export const endpointModels: Model[] = [
  {
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    defaults: { vpcEndpointType: "Gateway" },
    rules: {
      vpcEndpointType: oneOf("Gateway", "Interface", "GatewayLoadBalancer", "Resource", "ServiceNetwork"),
      policy: policyDocument(20_480),
    },
    validate: endpointArguments,
    same: { policy: sameJson, subnetIds: unordered, securityGroupIds: unordered, routeTableIds: unordered },
    recomputed: { networkInterfaceIds: ["subnetIds", "subnetConfigurations"] },
    id: (making) => ec2Id(making, "vpce"),
    outputs: (made) => {
      const subnets = Array.isArray(made.inputs.subnetIds) ? made.inputs.subnetIds : [];
      const gateway = made.inputs.vpcEndpointType === "Gateway";
      const service = text(made.inputs, "serviceName").split(".").at(-1) ?? "service";
      const dnsName = `${made.id}-${made.hex("dns", 8)}.${service}.${made.place.region}.vpce.${made.place.dnsSuffix}`;
      return {
        arn: arn(made.place, "ec2", `vpc-endpoint/${made.id}`),
        cidrBlocks: [],
        dnsEntries: gateway ? [] : [{ dnsName, hostedZoneId: `Z${made.hex("zone", 13).toUpperCase()}` }],
        ipAddressType: made.inputs.ipAddressType ?? (gateway ? "" : "ipv4"),
        networkInterfaceIds: subnets.map((_, index) => `eni-0${made.hex(`eni.${index}`, 16)}`),
        ownerId: made.place.accountId,
        prefixListId: gateway ? `pl-${made.hex("prefix list", 8)}` : "",
        privateDnsEnabled: made.inputs.privateDnsEnabled ?? false,
        requesterManaged: false,
        state: "available",
      };
    },
  },
  {
    type: "aws:ec2/flowLog:FlowLog",
    defaults: { logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 },
    rules: {
      trafficType: oneOf("ACCEPT", "REJECT", "ALL"),
      logDestinationType: oneOf("cloud-watch-logs", "s3", "kinesis-data-firehose"),
      maxAggregationInterval: oneOf(60, 600),
    },
    validate: (inputs, fail) => {
      const sources = ["vpcId", "subnetId", "eniId", "transitGatewayId", "transitGatewayAttachmentId", "regionalNatGatewayId"];
      const given = sources.filter((name) => inputs[name] !== undefined);
      if (given.length !== 1) fail("", `exactly one of ${sources.join(", ")} is needed, ${given.length} are set.`);
      if (inputs.logDestination === undefined) fail("logDestination", "is required. Set it to the ARN of a log group or bucket.");
      if (inputs.logDestinationType === "cloud-watch-logs" && inputs.iamRoleArn === undefined) {
        fail(
          "iamRoleArn",
          "is required when logs go to CloudWatch. Set it to a role that vpc-flow-logs.amazonaws.com may assume.",
        );
      }
    },
    // The provider cuts ":*" off a log group's ARN.
    same: { logDestination: (a, b) => typeof a === "string" && typeof b === "string" && withoutStar(a) === withoutStar(b) },
    id: (making) => ec2Id(making, "fl"),
    outputs: (made) => ({
      arn: arn(made.place, "ec2", `vpc-flow-log/${made.id}`),
      logDestination: withoutStar(text(made.inputs, "logDestination")),
      logFormat: made.inputs.logFormat ?? DEFAULT_FORMAT,
    }),
  },
];

/** Amazon VPC user guide, "Flow log records": version 2, the default. */
const DEFAULT_FORMAT =
  "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} " +
  "${start} ${end} ${action} ${log-status}";

function endpointArguments(inputs: PropertyMap, fail: Fail): void {
  const kind = inputs.vpcEndpointType;
  if (
    inputs.serviceName === undefined &&
    inputs.resourceConfigurationArn === undefined &&
    inputs.serviceNetworkArn === undefined
  ) {
    fail("serviceName", "is required. Set it, for example to com.amazonaws.eu-west-1.s3.");
  }
  if (kind === "Gateway") {
    for (const property of ["subnetIds", "securityGroupIds"]) {
      if (inputs[property] !== undefined)
        fail(property, "is not for a gateway endpoint. Set vpcEndpointType to Interface or remove it.");
    }
    if (inputs.privateDnsEnabled === true) fail("privateDnsEnabled", "is not for a gateway endpoint. Remove it.");
  } else if (inputs.routeTableIds !== undefined && typeof kind === "string") {
    fail("routeTableIds", `is for gateway endpoints only, this one is ${kind}. Remove it.`);
  }
}

function withoutStar(logGroup: string): string {
  return logGroup.replace(/:\*$/, "");
}
