import { describe, expect, test } from "vitest";
import { type ChildRegistration, type ConstructHost, type PropertyMap, unknown } from "@fairway/engine";
import { awsxProvider } from "./provider.ts";
import { CHILDREN_VERSION } from "./vpc.ts";
/**
 * What awsx 3.x registered for one VPC with three zones and one NAT gateway, recorded by running awsx's own component under
 * the SDK against a recording monitor. Its monitor gave an Eip no `allocationId`, so the gateway's is missing there.
 */
import golden from "./golden-single-nat.json" with { type: "json" };

const ALLOCATION = "eipalloc-1";
const COMPONENT = "urn:pulumi:dev::net::awsx:ec2:Vpc::main";
const EIP = "urn:pulumi:dev::net::awsx:ec2:Vpc$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet$aws:ec2/eip:Eip::main-1";

/** The arguments that the golden list was recorded with. */
const THREE_ZONES: PropertyMap = {
  cidrBlock: "10.0.0.0/16",
  availabilityZoneNames: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
  enableDnsHostnames: true,
  subnetStrategy: "Exact",
  natGateways: { strategy: "Single" },
  tags: { Team: "x" },
  subnetSpecs: [
    { type: "Private", cidrBlocks: ["10.0.0.0/19", "10.0.64.0/19", "10.0.128.0/19"], tags: { p: "1" } },
    { type: "Public", cidrBlocks: ["10.0.32.0/20", "10.0.96.0/20", "10.0.160.0/20"] },
    { type: "Isolated", cidrBlocks: ["10.0.48.0/21", "10.0.112.0/21", "10.0.176.0/20"] },
    { type: "Unused", name: "spare", cidrBlocks: ["10.0.56.0/21", "10.0.120.0/21", "10.0.192.0/18"] },
  ],
};

describe("awsx:ec2:Vpc", () => {
  test("registers what awsx registers: types, names, parents, inputs and dependencies, in its order", async () => {
    const { children } = await construct(THREE_ZONES);
    const recorded = children.map(({ type, name, parent, inputs, dependencies }) => ({
      type,
      name,
      parent,
      deps: dependencies,
      inputs,
    }));
    expect(recorded).toEqual(golden.map(withAllocation));
  });

  test.each([
    ["Single", 37],
    ["OnePerAz", 41],
    ["None", 32],
  ])("with NAT %s has %i children", async (strategy, count) => {
    const { children } = await construct({ ...THREE_ZONES, natGateways: { strategy } });
    expect(children).toHaveLength(count);
  });

  test("routes each zone's private subnet to its own gateway with one gateway a zone", async () => {
    const { children } = await construct({ ...THREE_ZONES, natGateways: { strategy: "OnePerAz" } });
    const routes = children.filter(({ type, inputs }) => type === "aws:ec2/route:Route" && inputs.natGatewayId !== undefined);
    expect(routes.map(({ name, inputs }) => [name, inputs.natGatewayId])).toEqual([
      ["main-private-1", "main-1-id"],
      ["main-private-2", "main-2-id"],
      ["main-private-3", "main-3-id"],
    ]);
  });

  test("registers its children under awsx's own version of the aws package", async () => {
    const { children } = await construct(THREE_ZONES);
    expect(new Set(children.map(({ version }) => version))).toEqual(new Set([CHILDREN_VERSION]));
  });

  test("says of each id property which child it comes from", async () => {
    const { children } = await construct(THREE_ZONES);
    const gateway = children.find(({ type }) => type === "aws:ec2/natGateway:NatGateway");
    expect(gateway?.propertyDependencies).toEqual({ subnetId: [gateway?.parent], allocationId: [EIP] });
  });

  test("answers with subnets by kind, zone by zone, and what they depend on", async () => {
    const { result } = await construct(THREE_ZONES);
    expect(result.outputs.vpcId).toBe("main-id");
    expect(result.outputs.privateSubnetIds).toEqual(["main-private-1-id", "main-private-2-id", "main-private-3-id"]);
    expect(result.outputDependencies?.publicSubnetIds).toHaveLength(3);
  });

  test("knows no id in a preview, but the whole layout", async () => {
    const { children, result } = await construct(THREE_ZONES, true);
    expect(children).toHaveLength(37);
    expect(result.outputs.vpcId).toBe(unknown);
    expect(result.outputs.isolatedSubnetIds).toEqual([unknown, unknown, unknown]);
  });

  test("of any other version than 3.9.0 is refused", async () => {
    await expect(construct(THREE_ZONES, false, "3.8.0")).rejects.toThrow(/asks for awsx 3\.8\.0.*emulates 3\.9\.0.*Pin/);
  });

  test.each<[string, PropertyMap, RegExp]>([
    ["an argument beyond those", { vpcEndpointSpecs: [] }, /vpcEndpointSpecs is not rehearsed: only .* Remove it/],
    ["another strategy", { subnetStrategy: "Auto" }, /subnetStrategy "Auto" is not rehearsed: set it to "Exact"/],
    [
      "zones by number",
      { availabilityZoneNames: null, numberOfAvailabilityZones: 3 },
      /availabilityZoneNames is not rehearsed: set them/,
    ],
    [
      "a NAT strategy that awsx lacks",
      { natGateways: { strategy: "Regional" } },
      /strategy "Regional" is not rehearsed: use one of None/,
    ],
    ["a range from an output", { cidrBlock: unknown }, /cidrBlock must be plain, not an output/],
  ])("refuses %s", async (_, change, message) => {
    await expect(construct({ ...THREE_ZONES, ...change })).rejects.toThrow(message);
  });

  test.each<[string, string[][], RegExp]>([
    [
      "type by type",
      [
        ["10.0.0.0/18", "10.0.64.0/18"],
        ["10.0.128.0/18", "10.0.192.0/18"],
      ],
      /main-public-1 \(10\.0\.128\.0\/18\) does not begin at 10\.0\.64\.0/,
    ],
    [
      "with a gap",
      [
        ["10.0.0.0/18", "10.0.128.0/18"],
        ["10.0.96.0/19", "10.0.192.0/18"],
      ],
      /does not begin at 10\.0\.64\.0, where main-private-1 .* ended/,
    ],
    [
      "with an overlap",
      [
        ["10.0.0.0/17", "10.0.128.0/18"],
        ["10.0.64.0/18", "10.0.192.0/18"],
      ],
      /these overlap: main-private-1/,
    ],
    [
      "that ends before the VPC",
      [
        ["10.0.0.0/18", "10.0.128.0/18"],
        ["10.0.64.0/18", "10.0.192.0/19"],
      ],
      /ends at 10\.0\.223\.255, the VPC at 10\.0\.255\.255/,
    ],
    ["with a zone short", [["10.0.0.0/17"], ["10.0.128.0/17"]], /has 1 cidrBlocks for 2 zones/],
  ])("refuses a layout %s", async (_, [priv, pub], message) => {
    const subnetSpecs = [
      { type: "Private", cidrBlocks: priv! },
      { type: "Public", cidrBlocks: pub! },
    ];
    await expect(construct({ ...THREE_ZONES, availabilityZoneNames: ["eu-west-1a", "eu-west-1b"], subnetSpecs })).rejects.toThrow(
      message,
    );
  });
});

/** Constructs `main` against a host that answers with ids made of names. */
async function construct(inputs: PropertyMap, preview = false, version = "3.9.0") {
  const children: (ChildRegistration & { parent: string })[] = [];
  const types = new Map([[COMPONENT, "awsx:ec2:Vpc"]]);
  const host: ConstructHost = {
    urn: COMPONENT,
    async register(child) {
      const parent = child.parent ?? COMPONENT;
      const chain = `${types.get(parent)}$${child.type}`;
      const urn = `urn:pulumi:dev::net::${chain}::${child.name}`;
      types.set(urn, chain);
      children.push({ ...child, parent, dependencies: child.dependencies ?? [] });
      if (preview) return { urn, id: "", outputs: {} };
      const outputs: PropertyMap = child.type === "aws:ec2/eip:Eip" ? { allocationId: ALLOCATION } : {};
      return { urn, id: `${child.name}-id`, outputs };
    },
  };
  const result = await awsxProvider().construct!({ type: "awsx:ec2:Vpc", name: "main", inputs, preview, version }, host);
  return { children, result };
}

/** The recorded gateway, as it is when its Eip has an allocation. */
function withAllocation(recorded: (typeof golden)[number]) {
  if (recorded.type !== "aws:ec2/natGateway:NatGateway") return recorded;
  return { ...recorded, deps: [...recorded.deps, EIP], inputs: { ...recorded.inputs, allocationId: ALLOCATION } };
}
