import { type Cidr, cidrContains, parseCidr } from "@fairway/settings";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { subnetLayout } from "./subnet-layout.ts";

/** Every VPC that settings allow: a range of /16 to /20 anywhere in 10.0.0.0/8, and 2 to 4 zones. */
const vpcs = fc.record({ prefix: fc.integer({ min: 16, max: 20 }), index: fc.nat(255), zones: fc.integer({ min: 2, max: 4 }) });

const cidrOf = ({ prefix, index }: { prefix: number; index: number }) => {
  const base = 10 * 2 ** 24 + (index % 2 ** (prefix - 8)) * 2 ** (32 - prefix);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join(".")}/${prefix}`;
};

/** The blocks in the order in which `awsx.ec2.Vpc` walks them: zone 1 with every kind, then zone 2. */
const walk = (cidr: string, zones: number): Cidr[] => {
  const { spares, ...kinds } = subnetLayout(cidr, zones);
  const lists = [kinds.private, kinds.public, kinds.isolated, ...spares];
  return Array.from({ length: zones }, (_, zone) => lists.map((list) => range(list[zone]))).flat();
};

const range = (cidr: string | undefined): Cidr => {
  const parsed = parseCidr(cidr ?? "");
  if (!parsed) throw new Error(`${cidr} is no aligned IPv4 range`);
  return parsed;
};

describe("the subnet layout of a VPC", () => {
  test("fills the range zone by zone: each block begins where the one before ended, the last ends with the range", () => {
    fc.assert(
      fc.property(vpcs, (vpc) => {
        const whole = range(cidrOf(vpc));
        let next = whole.base;
        for (const block of walk(cidrOf(vpc), vpc.zones)) {
          expect(cidrContains(whole, block)).toBe(true);
          expect(block.base).toBe(next);
          next = block.base + block.size;
        }
        expect(next).toBe(whole.base + whole.size);
      }),
    );
  });

  test("gives every zone the same: half a block private, a quarter public, an eighth isolated", () => {
    fc.assert(
      fc.property(vpcs, (vpc) => {
        const layout = subnetLayout(cidrOf(vpc), vpc.zones);
        const zoneBlock = range(cidrOf(vpc)).size / (vpc.zones === 2 ? 2 : 4);
        const sizes = (cidrs: string[]) => cidrs.map((cidr) => range(cidr).size);
        expect(sizes(layout.private)).toEqual(Array(vpc.zones).fill(zoneBlock / 2));
        expect(sizes(layout.public)).toEqual(Array(vpc.zones).fill(zoneBlock / 4));
        expect(sizes(layout.isolated)).toEqual(Array(vpc.zones).fill(zoneBlock / 8));
      }),
    );
  });

  test("has no block smaller than AWS's smallest subnet, /28", () => {
    fc.assert(fc.property(vpcs, (vpc) => walk(cidrOf(vpc), vpc.zones).every((block) => block.prefix <= 28)));
  });

  test("of a /16 in three zones is the one worked out by hand, with the fourth quarter spare", () => {
    expect(subnetLayout("10.0.0.0/16", 3)).toEqual({
      private: ["10.0.0.0/19", "10.0.64.0/19", "10.0.128.0/19"],
      public: ["10.0.32.0/20", "10.0.96.0/20", "10.0.160.0/20"],
      isolated: ["10.0.48.0/21", "10.0.112.0/21", "10.0.176.0/21"],
      spares: [
        ["10.0.56.0/22", "10.0.120.0/22", "10.0.184.0/21"],
        ["10.0.60.0/22", "10.0.124.0/22", "10.0.192.0/18"],
      ],
    });
  });

  test.each(["10.0.0.0/15", "10.0.0.0/21", "10.0.0.1/16", "nonsense"])(
    "refuses the range %s and says what is allowed",
    (cidr) => {
      expect(() => subnetLayout(cidr, 3)).toThrow(`network range ${cidr}: allowed is an IPv4 range of /16 to /20`);
    },
  );

  test.each([1, 5, 2.5])("refuses %s zones", (zones) => {
    expect(() => subnetLayout("10.0.0.0/16", zones)).toThrow(`${zones} availability zones: allowed are 2 to 4`);
  });
});
