import type { PropertyValue } from "@fairway/engine";
import { show } from "../../rules/text.ts";

/** Powers of suffixes. Source: Kubernetes API reference, Quantity. */
const DECIMAL = { n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6 };

/**
 * A quantity such as `250m`, `0.5`, `1e3` or `2Gi` in billionths, the finest that Kubernetes knows (it rounds up); undefined
 * when it is none.
 */
export function parseQuantity(value: PropertyValue | undefined): bigint | undefined {
  const found = /^([+-]?)(\d+\.?\d*|\.\d+)(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?\d{1,2}))?$/.exec(String(value));
  if (!found || (typeof value !== "string" && typeof value !== "number")) return undefined;
  const [, sign, digits = "", binary, decimal = "", exponent] = found;
  const [whole = "", fraction = ""] = digits.split(".");
  const power = exponent === undefined ? DECIMAL[decimal as keyof typeof DECIMAL] : Number(exponent);
  const scale = 9 + (binary ? 0 : power) - fraction.length;
  const factor = binary ? 1024n ** BigInt(BINARY[binary as keyof typeof BINARY]) : 1n;
  const units = BigInt((whole + fraction).padEnd(1, "0")) * factor;
  const billionths = scale >= 0 ? units * 10n ** BigInt(scale) : roundUp(units, 10n ** BigInt(-scale));
  return sign === "-" ? -billionths : billionths;
}

/** What is wrong with a quantity. */
export function quantity(value: PropertyValue): string | undefined {
  if (parseQuantity(value) !== undefined) return undefined;
  return `${show(value)} is not a quantity. Write a number with a suffix, for example 250m, 0.5, 512Mi or 2Gi.`;
}

function roundUp(units: bigint, by: bigint): bigint {
  return (units + by - 1n) / by;
}
