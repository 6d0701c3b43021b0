import { createHash } from "node:crypto";

/**
 * Where generated names and ids come from: hexadecimal digits that depend on nothing but the resource, how often it was replaced,
 * and the salt of the state. So a plan is the same twice, and a replacement never keeps its id.
 */
export function seedOf(urn: string, generation: number, salt: string): string {
  return createHash("sha256").update(`${urn}\n${generation}\n${salt}`).digest("hex");
}

/** The id of a provider resource, in the form that Pulumi gives it. */
export function providerId(seed: string): string {
  return [8, 4, 4, 4, 12].map((length, i, all) => seed.slice(sum(all.slice(0, i)), sum(all.slice(0, i)) + length)).join("-");
}

function sum(numbers: number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
