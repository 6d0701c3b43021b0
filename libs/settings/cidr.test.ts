import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cidrContains, cidrOverlaps, parseCidr, type Cidr } from "./cidr.ts";

const ranges = fc.tuple(fc.integer({ min: 8, max: 28 }), fc.nat()).map(([prefix, seed]): Cidr => {
  const size = 2 ** (32 - prefix);
  return { base: (seed % 2 ** prefix) * size, prefix, size };
});

describe("ranges", () => {
  test.each(["10.0.0.0", "10.0.0.0/33", "10.0.0.256/8", "10.0.0.1/24", "x"])("%s is none", (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  test("10.20.0.0/16 starts at 10.20.0.0 and has 65,536 addresses", () => {
    expect(parseCidr("10.20.0.0/16")).toEqual({ base: 0x0a140000, prefix: 16, size: 65_536 });
  });

  test("two overlap exactly when one contains the other", () => {
    fc.assert(
      fc.property(ranges, ranges, (one, other) => {
        expect(cidrOverlaps(one, other)).toBe(cidrContains(one, other) || cidrContains(other, one));
      }),
    );
  });
});
