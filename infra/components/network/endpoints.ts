import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { GATEWAY_SERVICES } from "./endpoint-services.ts";

/** Arguments of {@link Endpoints}. */
export interface EndpointsArgs {
  vpcId: pulumi.Input<string>;
  /** Range of the VPC: who may use the interface endpoints. */
  cidr: string;
  region: string;
  /** Every route table that should reach S3 and DynamoDB directly. */
  routeTableIds: pulumi.Input<string[]>;
  /** Subnets in which interface endpoints get an address: one a zone. */
  subnetIds: pulumi.Input<string[]>;
  /** Short names of the services with an interface endpoint, for example `logs`. See `interfaceServices`. */
  interfaceServices: string[];
  /** Last word on each child's arguments. */
  transform?: {
    gateway?: (args: aws.ec2.VpcEndpointArgs) => aws.ec2.VpcEndpointArgs;
    interface?: (args: aws.ec2.VpcEndpointArgs) => aws.ec2.VpcEndpointArgs;
    securityGroup?: (args: aws.ec2.SecurityGroupArgs) => aws.ec2.SecurityGroupArgs;
  };
}

/**
 * Ways from a VPC to services of AWS that do not leave Amazon's network: gateway endpoints for S3 and DynamoDB, and the interface
 * endpoints asked for.
 *
 * Our own `VpcEndpoint`s, not awsx's: awsx names them by service alone, so two VPCs in one stack would collide.
 *
 * Cost: gateway endpoints nothing; an interface endpoint in three zones 3 × $0.01 × 730 h = $21.90 a month, and $0.01/GB
 * (us-east-1, 2026-05).
 */
export class Endpoints extends pulumi.ComponentResource {
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: {
    gateways: aws.ec2.VpcEndpoint[];
    interfaces: aws.ec2.VpcEndpoint[];
    /** Absent without interface endpoints. */
    securityGroup?: aws.ec2.SecurityGroup;
  };

  constructor(name: string, args: EndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:Endpoints", name, {}, opts);
    const parent = this;

    const gateways = GATEWAY_SERVICES.map(createGateway);
    const securityGroup = args.interfaceServices.length > 0 ? createSecurityGroup() : undefined;
    const interfaces = securityGroup ? args.interfaceServices.map((service) => createInterface(service, securityGroup)) : [];

    this.nodes = { gateways, interfaces, securityGroup };
    this.registerOutputs({});

    function createGateway(service: string) {
      const wanted: aws.ec2.VpcEndpointArgs = {
        vpcId: args.vpcId,
        serviceName: `com.amazonaws.${args.region}.${service}`,
        vpcEndpointType: "Gateway",
        routeTableIds: args.routeTableIds,
        tags: { Name: `${name}-${service}` },
      };
      return new aws.ec2.VpcEndpoint(`${name}-${service}`, args.transform?.gateway?.(wanted) ?? wanted, { parent });
    }

    function createSecurityGroup() {
      const wanted: aws.ec2.SecurityGroupArgs = {
        vpcId: args.vpcId,
        description: "HTTPS from the VPC to interface endpoints",
        tags: { Name: name },
      };
      const group = new aws.ec2.SecurityGroup(name, args.transform?.securityGroup?.(wanted) ?? wanted, { parent });
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-https`,
        {
          securityGroupId: group.id,
          description: "HTTPS from the VPC",
          cidrIpv4: args.cidr,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
        },
        { parent },
      );
      return group;
    }

    function createInterface(service: string, group: aws.ec2.SecurityGroup) {
      const wanted: aws.ec2.VpcEndpointArgs = {
        vpcId: args.vpcId,
        serviceName: `com.amazonaws.${args.region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: args.subnetIds,
        securityGroupIds: [group.id],
        tags: { Name: `${name}-${service}` },
      };
      // Pulumi names take no dots well: `ecr.api` becomes `ecr-api`.
      return new aws.ec2.VpcEndpoint(`${name}-${service.replaceAll(".", "-")}`, args.transform?.interface?.(wanted) ?? wanted, {
        parent,
      });
    }
  }
}
