import { containsUnknown, isMap, type PropertyMap, type PropertyValue, type Unknown, unknown } from "@fairway/engine";
import type { SubnetSpec } from "./layout.ts";

/** What of `awsx.ec2.Vpc`'s arguments is rehearsed, read and checked. */
export interface VpcArguments {
  cidrBlock: string;
  zones: string[];
  specs: SubnetSpec[];
  nat: "None" | "Single" | "OnePerAz";
  tags: PropertyMap | Unknown;
  /** Given on to the VPC as they are; may hold unknown values. */
  vpc: PropertyMap;
}

const PASSED_ON = ["enableDnsHostnames", "enableDnsSupport", "enableNetworkAddressUsageMetrics"];
const REHEARSED = ["availabilityZoneNames", "cidrBlock", "natGateways", "subnetSpecs", "subnetStrategy", "tags", ...PASSED_ON];
const SPEC_REHEARSED = ["type", "name", "cidrBlocks", "tags"];
const TYPES = ["Public", "Private", "Isolated", "Unused"];
const STRATEGIES = ["None", "Single", "OnePerAz"];

/** @throws naming every argument that is not rehearsed or can't be used. */
export function readArguments(name: string, inputs: PropertyMap): VpcArguments {
  const faults: string[] = [];
  const refuse = (argument: string, allowed: string) => faults.push(`${argument} is not rehearsed: ${allowed}`);
  for (const argument of Object.keys(inputs).sort()) {
    if (!REHEARSED.includes(argument) && !argument.startsWith("__"))
      refuse(argument, `only ${REHEARSED.join(", ")} are. Remove it.`);
  }
  for (const argument of ["availabilityZoneNames", "cidrBlock", "natGateways", "subnetStrategy"]) {
    if (containsUnknown(inputs[argument])) faults.push(`${argument} must be plain, not an output. Compute it from settings.`);
  }
  const { cidrBlock, availabilityZoneNames, subnetStrategy, subnetSpecs } = inputs;
  if (subnetStrategy !== "Exact") refuse(`subnetStrategy ${JSON.stringify(subnetStrategy ?? "Legacy")}`, `set it to "Exact".`);
  if (typeof cidrBlock !== "string") refuse("a VPC without cidrBlock", "set it.");
  if (!isTexts(availabilityZoneNames)) refuse("a VPC without availabilityZoneNames", "set them, so that the layout is stable.");
  const specs = (Array.isArray(subnetSpecs) ? subnetSpecs : []).map((spec, index) =>
    readSpec(spec, `subnetSpecs[${index}]`, refuse),
  );
  const nat = readNat(inputs.natGateways, specs, refuse);
  const typesOf = (...types: string[]) => specs.some(({ type }) => types.includes(type));
  if (nat !== "None" && !(typesOf("Public") && typesOf("Private", "Isolated"))) {
    faults.push(
      `natGateways.strategy ${nat} needs a Public spec and a Private or Isolated one. Add it or set the strategy to None.`,
    );
  }
  if (faults.length > 0) throw new Error(`awsx:ec2:Vpc "${name}" can't be rehearsed:\n  ${faults.join("\n  ")}`);
  return {
    cidrBlock: cidrBlock as string,
    zones: availabilityZoneNames as string[],
    specs,
    nat,
    tags: readTags(inputs.tags) ?? {},
    vpc: Object.fromEntries(PASSED_ON.filter((key) => inputs[key] !== undefined).map((key) => [key, inputs[key]!])),
  };
}

type Refuse = (argument: string, allowed: string) => void;

function readSpec(given: PropertyValue, path: string, refuse: Refuse): SubnetSpec {
  const spec = isMap(given) ? given : {};
  if (containsUnknown(spec.type) || containsUnknown(spec.cidrBlocks))
    refuse(`${path} with a type or ranges from an output`, "compute them from settings.");
  for (const key of Object.keys(spec).sort()) {
    if (!SPEC_REHEARSED.includes(key)) refuse(`${path}.${key}`, `only ${SPEC_REHEARSED.join(", ")} are. Remove it.`);
  }
  if (!TYPES.includes(spec.type as string))
    refuse(`${path}.type ${JSON.stringify(spec.type)}`, `use one of ${TYPES.join(", ")}.`);
  if (!isTexts(spec.cidrBlocks)) refuse(`${path} without cidrBlocks`, "give one range a zone.");
  const type = spec.type as SubnetSpec["type"];
  return {
    type,
    name: typeof spec.name === "string" ? spec.name : String(type).toLowerCase(),
    cidrBlocks: isTexts(spec.cidrBlocks) ? spec.cidrBlocks : [],
    tags: readTags(spec.tags),
  };
}

/** Without a strategy awsx makes one gateway a zone when there are public and private subnets. */
function readNat(given: PropertyValue | undefined, specs: SubnetSpec[], refuse: Refuse): VpcArguments["nat"] {
  const nat = isMap(given) ? given : {};
  for (const key of Object.keys(nat)) if (key !== "strategy") refuse(`natGateways.${key}`, "only strategy is. Remove it.");
  const both = ["Public", "Private"].every((type) => specs.some((spec) => spec.type === type));
  const strategy = nat.strategy ?? (both ? "OnePerAz" : "None");
  if (!STRATEGIES.includes(strategy as string)) {
    refuse(`natGateways.strategy ${JSON.stringify(strategy)}`, `use one of ${STRATEGIES.join(", ")}.`);
  }
  return strategy as VpcArguments["nat"];
}

function readTags(value: PropertyValue | undefined): PropertyMap | Unknown | undefined {
  return value === unknown ? unknown : isMap(value) ? value : undefined;
}

function isTexts(value: PropertyValue | undefined): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string");
}
