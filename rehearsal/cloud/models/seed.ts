import { createHash } from "node:crypto";

/** Made-up values of one resource: the same seed and label always answer the same. */
export interface Derived {
  /** Hexadecimal digits, at most 64. */
  hex: (label: string, length: number) => string;
  /** A whole number from 0 to `below` − 1; `below` is at most 2^48. */
  number: (label: string, below: number) => number;
}

export function derivedFrom(seed: string): Derived {
  const hex = (label: string, length: number) => createHash("sha256").update(`${label}\n${seed}`).digest("hex").slice(0, length);
  return { hex, number: (label, below) => parseInt(hex(label, 12), 16) % below };
}
