import type { Environment, RoleDefaults } from "@fairway/settings";
import * as aws from "@pulumi/aws";
import { Vpc, type VpcArgs } from "@pulumi/awsx/ec2/vpc.js";
import * as pulumi from "@pulumi/pulumi";
import { interfaceServices } from "./endpoint-services.ts";
import { Endpoints, type EndpointsArgs } from "./endpoints.ts";
import { FlowLogs, type FlowLogsArgs } from "./flow-logs.ts";
import { subnetLayout } from "./subnet-layout.ts";
import { confirmedZones } from "./zones.ts";

/** Arguments of {@link Network}. */
export interface NetworkArgs {
  /** Range, zones, NAT mode, runtimes, account, region and protection come from the environment's settings. */
  environment: Pick<Environment, "account" | "region" | "cidr" | "zones" | "nat" | "runtimes" | "protect">;
  /** Path and boundary of the roles that are made. */
  roles: RoleDefaults;
  /** Short names of services with an interface endpoint. @default [] what NAT mode and runtimes need, see `interfaceServices` */
  interfaceEndpoints?: string[];
  /** How long flow logs are kept. @default 30 */
  flowLogDays?: number;
  /** Last word on each child's arguments. */
  transform?: {
    vpc?: (args: VpcArgs) => VpcArgs;
    endpoints?: (args: EndpointsArgs) => EndpointsArgs;
    flowLogs?: (args: FlowLogsArgs) => FlowLogsArgs;
  };
}

const NAT_STRATEGIES = { none: "None", single: "Single", "per-zone": "OnePerAz" } as const;

/**
 * A VPC in two to four zones with public, private and isolated subnets; endpoints; flow logs; a default security group that lets
 * nothing through.
 *
 * Cost a month (us-east-1, 2026-05): a NAT gateway 0.045 × 730 h = $32.85 and its address 0.005 × 730 h = $3.65, so $36.50
 * with `single` and $109.50 with `per-zone` in three zones; $0.045/GB through it. Flow logs and interface endpoints: see
 * their components.
 *
 * @example
 * new Network("network", { environment, roles: roleDefaults(settings, environment, "platform") });
 */
export class Network extends pulumi.ComponentResource {
  declare readonly vpcId: pulumi.Output<string>;
  declare readonly publicSubnetIds: pulumi.Output<string[]>;
  declare readonly privateSubnetIds: pulumi.Output<string[]>;
  declare readonly isolatedSubnetIds: pulumi.Output<string[]>;
  /** The made resources, for what the arguments do not offer. */
  declare readonly nodes: {
    vpc: Vpc;
    endpoints: Endpoints;
    flowLogs: FlowLogs;
    defaultSecurityGroup: aws.ec2.DefaultSecurityGroup;
  };

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fairway:components:Network", name, {}, opts);
    const parent = this;
    const { account, region, cidr, zones, nat, protect } = args.environment;
    const layout = subnetLayout(cidr, zones.length);
    const services = interfaceServices(args.environment, args.interfaceEndpoints ?? []);

    const confirmed = confirmedZones(region, zones, { parent });
    const vpc = createVpc();
    const defaultSecurityGroup = lockDefaultSecurityGroup();
    const endpoints = createEndpoints();
    const flowLogs = createFlowLogs();

    // What stands in this network waits for the zones to be there.
    this.vpcId = pulumi.all([vpc.vpcId, confirmed]).apply(([vpcId]) => vpcId);
    this.publicSubnetIds = vpc.publicSubnetIds;
    this.privateSubnetIds = vpc.privateSubnetIds;
    this.isolatedSubnetIds = vpc.isolatedSubnetIds;
    this.nodes = { vpc, endpoints, flowLogs, defaultSecurityGroup };
    this.registerOutputs({ vpcId: this.vpcId });

    function createVpc() {
      const wanted: VpcArgs = {
        cidrBlock: cidr,
        availabilityZoneNames: zones,
        enableDnsHostnames: true, // off by default; private DNS of interface endpoints and EKS need it
        natGateways: { strategy: NAT_STRATEGIES[nat] },
        subnetStrategy: "Exact",
        subnetSpecs: [
          // Load balancer controllers of Kubernetes find their subnets by these tags.
          { type: "Private", cidrBlocks: layout.private, tags: { "kubernetes.io/role/internal-elb": "1" } },
          { type: "Public", cidrBlocks: layout.public, tags: { "kubernetes.io/role/elb": "1" } },
          { type: "Isolated", cidrBlocks: layout.isolated },
          { type: "Unused", name: "spare-a", cidrBlocks: layout.spares[0] },
          { type: "Unused", name: "spare-b", cidrBlocks: layout.spares[1] },
        ],
      };
      return new Vpc(name, args.transform?.vpc?.(wanted) ?? wanted, { parent, protect });
    }

    function lockDefaultSecurityGroup() {
      // Adopts the group that AWS made and removes its rules: nothing works by belonging to it by accident.
      return new aws.ec2.DefaultSecurityGroup(
        `${name}-default`,
        { vpcId: vpc.vpcId, tags: { Name: `${name}-default-locked` } },
        { parent },
      );
    }

    function createEndpoints() {
      const wanted: EndpointsArgs = {
        vpcId: vpc.vpcId,
        cidr,
        region,
        routeTableIds: vpc.routeTables.apply((tables) => pulumi.all(tables.map((table) => table.id))),
        subnetIds: vpc.privateSubnetIds,
        interfaceServices: services,
      };
      return new Endpoints(`${name}-endpoints`, args.transform?.endpoints?.(wanted) ?? wanted, { parent });
    }

    function createFlowLogs() {
      const wanted: FlowLogsArgs = {
        vpcId: vpc.vpcId,
        place: { account, region },
        roles: args.roles,
        retentionDays: args.flowLogDays,
      };
      return new FlowLogs(`${name}-flow-logs`, args.transform?.flowLogs?.(wanted) ?? wanted, { parent });
    }
  }
}
