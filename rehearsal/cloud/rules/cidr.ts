import type { Rule } from "../models/model.ts";
import { show } from "./text.ts";

/** A range of IPv4 addresses: its first address and how many it holds. */
export interface Range {
  first: number;
  size: number;
  mask: number;
}

/** @returns undefined when the text is no IPv4 range in CIDR notation. Host bits are cut off. */
export function parseRange(cidr: string): Range | undefined {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  if (!found) return undefined;
  const [a, b, c, d, mask] = found.slice(1).map(Number) as [number, number, number, number, number];
  if ([a, b, c, d].some((part) => part > 255) || mask > 32) return undefined;
  const size = 2 ** (32 - mask);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { first: address - (address % size), size, mask };
}

/** The dotted address of a number. */
export function address(number: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join(".");
}

export function overlap(a: Range, b: Range): boolean {
  return a.first < b.first + b.size && b.first < a.first + a.size;
}

/** An IPv4 range whose mask is between `widest` and `narrowest`, and whose address is the range's first. */
export function ipv4Range(widest: number, narrowest: number): Rule {
  return (value) => {
    const range = typeof value === "string" ? parseRange(value) : undefined;
    if (!range) return `${show(value)} is not an IPv4 range. Write it as in 10.0.0.0/16.`;
    if (range.mask < widest || range.mask > narrowest) {
      return `${show(value)} is a /${range.mask}, allowed are /${widest} to /${narrowest}. Choose a mask between them.`;
    }
    const canonical = `${address(range.first)}/${range.mask}`;
    return canonical === value ? undefined : `${show(value)} has host bits set. Write ${canonical}.`;
  };
}
