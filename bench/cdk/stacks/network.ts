import { RemovalPolicy, Stack, type StackProps, aws_ec2 as ec2, aws_iam as iam, aws_logs as logs } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Environment } from "../environments.ts";

/** A VPC with public, private and isolated subnets, gateway endpoints and flow logs. */
export class NetworkStack extends Stack {
  readonly vpc: ec2.Vpc;
  private readonly zones: string[];

  constructor(scope: Construct, id: string, environment: Environment, props: StackProps) {
    super(scope, id, props);
    this.zones = environment.zones;
    this.vpc = new ec2.Vpc(this, "network", {
      ipAddresses: ec2.IpAddresses.cidr(environment.cidr),
      availabilityZones: environment.zones,
      natGateways: environment.natGateways,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        { name: "private", subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 19 },
        { name: "public", subnetType: ec2.SubnetType.PUBLIC, cidrMask: 21 },
        { name: "isolated", subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 21 },
      ],
      gatewayEndpoints: {
        s3: { service: ec2.GatewayVpcEndpointAwsService.S3 },
        dynamodb: { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB },
      },
    });
    this.recordTraffic();
  }

  /** Given, so that the VPC does not look them up in an account. */
  override get availabilityZones(): string[] {
    return this.zones;
  }

  private recordTraffic(): void {
    const logGroup = new logs.LogGroup(this, "flow-logs", {
      logGroupName: `/acme/${this.stackName}/flow-logs`,
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new iam.Role(this, "flow-logs-role", { assumedBy: new iam.ServicePrincipal("vpc-flow-logs.amazonaws.com") });
    this.vpc.addFlowLog("flow-log", {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup, role),
      trafficType: ec2.FlowLogTrafficType.ALL,
      maxAggregationInterval: ec2.FlowLogMaxAggregationInterval.TEN_MINUTES,
    });
  }
}
