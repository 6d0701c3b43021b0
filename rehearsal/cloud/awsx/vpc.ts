import {
  type ConstructHost,
  type ConstructRequest,
  type ConstructResult,
  type PropertyMap,
  ResourceReference,
  type Unknown,
  unknown,
} from "@fairway/engine";
import { readArguments, type VpcArguments } from "./arguments.ts";
import { exactLayout, type Subnet, type SubnetSpec } from "./layout.ts";

/** The version of @pulumi/aws that awsx 3.9.0 is built with: its children register under it, whatever the program uses. */
export const CHILDREN_VERSION = "7.43.0";

interface Child {
  urn: string;
  id: PropertyMap[string];
  outputs: PropertyMap;
}

type PlacedSubnet = Subnet & { child: Child };
type RoutedSubnet = PlacedSubnet & { table: Child };

/**
 * Emulates `awsx:ec2:Vpc`: registers the children that awsx would, with its names, parents, tags and dependencies, in the
 * order in which its own promises resolve: what waits for nothing first, subnets with tags of their own a turn later.
 */
export async function constructVpc(request: ConstructRequest, host: ConstructHost): Promise<ConstructResult> {
  const args = readArguments(request.name, request.inputs);
  const layout = exactLayout(request.name, args.cidrBlock, args.zones.length, args.specs);
  const used = layout.filter(({ spec }) => spec.type !== "Unused");
  const sharedTags = mergeTags({ Name: request.name }, args.tags);

  const vpc = await createVpc();
  const gateway = await createInternetGateway();
  const subnets = await createSubnets();
  const eips = await createEips();
  const routed = await createRouteTables();
  const natGateways = await createNatGateways();
  const associations: Child[] = [];
  const routes: Child[] = [];
  for (const subnet of routed) {
    associations.push(await associate(subnet));
    if (subnet.spec.type === "Public") routes.push(await route(subnet, "gatewayId", gateway));
  }
  if (args.nat !== "None") {
    for (const subnet of routed.filter(({ spec }) => spec.type === "Private")) {
      routes.push(await route(subnet, "natGatewayId", natGateways[args.nat === "Single" ? 0 : subnet.zone]!));
    }
  }
  return outputsOf({ args, vpc, gateway, subnets, routed, eips, natGateways, associations, routes });

  function createVpc() {
    return register("ec2/vpc:Vpc", request.name, undefined, { cidrBlock: args.cidrBlock, ...args.vpc, tags: sharedTags });
  }

  function createInternetGateway() {
    return register("ec2/internetGateway:InternetGateway", request.name, vpc, { tags: sharedTags }, { vpcId: vpc });
  }

  async function createSubnets(): Promise<PlacedSubnet[]> {
    const made: PlacedSubnet[] = [];
    for (const subnet of inOrderOfRegistration(used)) {
      const { spec, name, zone, cidrBlock } = subnet;
      const inputs = {
        assignIpv6AddressOnCreation: false,
        availabilityZone: args.zones[zone]!,
        cidrBlock,
        mapPublicIpOnLaunch: spec.type === "Public",
        tags: mergeTags(sharedTags, spec.tags ?? {}, { Name: name, SubnetType: spec.type }),
      };
      made.push({ ...subnet, child: await register("ec2/subnet:Subnet", name, vpc, inputs, { vpcId: vpc }) });
    }
    return made;
  }

  /** Zones that have a NAT gateway, each in its first public subnet. */
  function natSubnets(): PlacedSubnet[] {
    const zones = args.nat === "None" ? 0 : args.nat === "Single" ? 1 : args.zones.length;
    return Array.from({ length: zones }, (_, zone) =>
      subnets.find((subnet) => subnet.zone === zone && subnet.spec.type === "Public")!,
    );
  }

  async function createEips(): Promise<Child[]> {
    const made: Child[] = [];
    for (const { zone, child } of natSubnets()) {
      const name = `${request.name}-${zone + 1}`;
      made.push(await register("ec2/eip:Eip", name, child, { tags: mergeTags(args.tags, { Name: name }) }));
    }
    return made;
  }

  async function createRouteTables(): Promise<RoutedSubnet[]> {
    const made: RoutedSubnet[] = [];
    for (const subnet of subnets) {
      const tags = mergeTags(sharedTags, { Name: subnet.name, SubnetType: subnet.spec.type });
      made.push({
        ...subnet,
        table: await register("ec2/routeTable:RouteTable", subnet.name, subnet.child, { tags }, { vpcId: vpc }),
      });
    }
    return made;
  }

  async function createNatGateways(): Promise<Child[]> {
    const made: Child[] = [];
    for (const [index, { zone, child }] of natSubnets().entries()) {
      const name = `${request.name}-${zone + 1}`;
      const eip = eips[index]!;
      const address = { urn: eip.urn, id: eip.outputs.allocationId ?? unknown, outputs: eip.outputs };
      const inputs = { tags: mergeTags(args.tags, { Name: name }) };
      made.push(await register("ec2/natGateway:NatGateway", name, child, inputs, { subnetId: child, allocationId: address }));
    }
    return made;
  }

  function associate({ name, child, table }: RoutedSubnet) {
    return register("ec2/routeTableAssociation:RouteTableAssociation", name, table, {}, { routeTableId: table, subnetId: child });
  }

  function route({ name, table }: RoutedSubnet, property: "gatewayId" | "natGatewayId", target: Child) {
    return register(
      "ec2/route:Route",
      name,
      table,
      { destinationCidrBlock: "0.0.0.0/0" },
      { routeTableId: table, [property]: target },
    );
  }

  /** @param references properties that are another child's id; the child depends on them and, by awsx's own word, on its parent */
  async function register(
    type: string,
    name: string,
    parent: Child | undefined,
    inputs: PropertyMap,
    references: Record<string, Child> = {},
  ): Promise<Child> {
    const entries = Object.entries(references);
    const needed = [...(parent ? [parent.urn] : []), ...entries.map(([, child]) => child.urn)];
    const { urn, id, outputs } = await host.register({
      type: `aws:${type}`,
      name,
      parent: parent?.urn,
      inputs: { ...inputs, ...Object.fromEntries(entries.map(([property, child]) => [property, child.id])) },
      dependencies: [...new Set(needed)],
      propertyDependencies: Object.fromEntries(entries.map(([property, child]) => [property, [child.urn]])),
      version: CHILDREN_VERSION,
    });
    return { urn, id: id === "" ? unknown : id, outputs };
  }
}

/** Later tags win. One map that is not known yet makes the whole unknown. */
function mergeTags(...maps: (PropertyMap | Unknown)[]): PropertyMap | Unknown {
  return maps.includes(unknown) ? unknown : Object.assign({}, ...maps);
}

const TYPE_ORDER = ["Public", "Private", "Isolated"];

/** Zone by zone, public before private before isolated; those with tags of their own after all others. */
function inOrderOfRegistration(subnets: Subnet[]): Subnet[] {
  const rank = ({ spec, zone }: Subnet) => (spec.tags ? 1000 : 0) + zone * 10 + TYPE_ORDER.indexOf(spec.type);
  return [...subnets].sort((a, b) => rank(a) - rank(b));
}

interface Made {
  args: VpcArguments;
  vpc: Child;
  gateway: Child;
  subnets: PlacedSubnet[];
  routed: RoutedSubnet[];
  eips: Child[];
  natGateways: Child[];
  associations: Child[];
  routes: Child[];
}

function outputsOf({ args, vpc, gateway, subnets, routed, eips, natGateways, associations, routes }: Made): ConstructResult {
  const inLayout = [...subnets].sort(
    (a, b) => a.zone - b.zone || TYPE_ORDER.indexOf(a.spec.type) - TYPE_ORDER.indexOf(b.spec.type),
  );
  const of = (type: SubnetSpec["type"]) => inLayout.filter(({ spec }) => spec.type === type).map(({ child }) => child);
  const outputs: PropertyMap = {};
  const outputDependencies: Record<string, string[]> = {};
  put("vpc", [vpc], reference(vpc));
  put("vpcId", [vpc], vpc.id);
  put("internetGateway", [gateway], reference(gateway));
  for (const type of ["Public", "Private", "Isolated"] as const) {
    const children = of(type);
    put(`${type.toLowerCase()}Subnets`, children, children.map(reference));
    put(
      `${type.toLowerCase()}SubnetIds`,
      children,
      children.map(({ id }) => id),
    );
  }
  const tables = routed.map(({ table }) => table);
  const lists = {
    subnets: inLayout.map(({ child }) => child),
    routeTables: tables,
    routeTableAssociations: associations,
    routes,
    natGateways,
    eips,
  };
  for (const [name, children] of Object.entries(lists)) put(name, children, children.map(reference));
  put("vpcEndpoints", [], []);
  put("subnetLayout", [], args.specs.map(layoutEntry));
  return { outputs, outputDependencies };

  function put(name: string, children: Child[], value: PropertyMap[string]) {
    outputs[name] = value;
    outputDependencies[name] = children.map(({ urn }) => urn);
  }
}

function reference({ urn, id }: Child): ResourceReference {
  return new ResourceReference(urn, id as string, CHILDREN_VERSION);
}

function layoutEntry({ type, name, cidrBlocks }: SubnetSpec): PropertyMap {
  const cidrMask = Number(cidrBlocks[0]!.split("/")[1]);
  return { type, ...(name !== type.toLowerCase() && { name }), cidrMask, cidrBlocks };
}
