import { parseCidr } from "@fairway/settings";

/** The subnets of a VPC by kind: one CIDR a zone, in the order of the zones. */
export interface SubnetLayout {
  /** Half of each zone's block: tasks, pods and whatever else grows. */
  private: string[];
  /** A quarter: load balancers and NAT gateways. */
  public: string[];
  /** An eighth: databases. No route out. */
  isolated: string[];
  /** The rest, kept free, as two lists: a gap-free layout must name every address. The last zone's hold what no zone got. */
  spares: [string[], string[]];
}

/**
 * Lays subnets out zone by zone without a gap: private, public, isolated, spare, spare; then the next zone.
 *
 * `awsx.ec2.Vpc` with the strategy Exact takes no other layout (it walks the zones in order and wants each block to begin
 * where the one before ended). Explicit blocks keep an awsx upgrade from laying subnets out anew, which AWS would refuse as
 * overlapping. With three zones the fourth quarter is spare.
 *
 * @param cidr range of the VPC, /16 to /20
 * @param zones number of availability zones, 2 to 4
 * @throws when the range or the number of zones is outside these
 * @example
 * subnetLayout("10.0.0.0/16", 3).private; // ["10.0.0.0/19", "10.0.64.0/19", "10.0.128.0/19"]
 */
export function subnetLayout(cidr: string, zones: number): SubnetLayout {
  const range = parseCidr(cidr);
  if (!range || range.prefix < 16 || range.prefix > 20) {
    throw new Error(
      `network range ${cidr}: allowed is an IPv4 range of /16 to /20, for example 10.20.0.0/16. ` +
        `Change \`cidr\` in platform.config.ts.`,
    );
  }
  if (!Number.isInteger(zones) || zones < 2 || zones > 4) {
    throw new Error(`${zones} availability zones: allowed are 2 to 4. Change \`zones\` in platform.config.ts.`);
  }

  const prefix = range.prefix + (zones === 2 ? 1 : 2);
  const size = 2 ** (32 - prefix);
  const end = range.base + range.size;
  const starts = Array.from({ length: zones }, (_, zone) => range.base + zone * size);
  const block = (offset: number, deeper: number) => starts.map((start) => format(start + offset * size, prefix + deeper));
  const layout = { private: block(0, 1), public: block(1 / 2, 2), isolated: block(3 / 4, 3) };

  const spares: SubnetLayout["spares"] = [block(7 / 8, 4), block(15 / 16, 4)];
  const used = range.base + zones * size;
  if (used < end) {
    // Three zones: the last zone's spares are its own last eighth in one block, and the quarter that no zone has.
    spares[0][zones - 1] = format(used - size / 8, prefix + 3);
    spares[1][zones - 1] = format(used, prefix);
  }
  return { ...layout, spares };
}

function format(base: number, prefix: number): string {
  return `${[24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join(".")}/${prefix}`;
}
