import type { Json, JsonMap, PlannedResource } from "@fairway/resources";
import type { PriceName } from "../prices/types.ts";
import type { Basis } from "../types.ts";
import type { Usage } from "../usage.ts";

/** What a rule finds that AWS bills for a resource. */
export interface Charge {
  /** What is billed; one resource has each item once. */
  item: string;
  price: PriceName;
  /** Units a month. */
  quantity: number;
  /** In words, what the price rests on beside what is declared. */
  assumption?: string;
  /** @default "assumed usage" with an assumption, "fixed" without; "fixed" where the assumption is not about how much is used */
  basis?: Basis;
}

/** A part that no price is known for. */
export interface Gap {
  unpriced: string;
}

export interface Context {
  usage: Usage;
  /** The resource of a type whose output (`arn`, `id`, `name`) has a value. */
  find: (type: string, output: string, value: Json | undefined) => PlannedResource | undefined;
}

/** What one resource of a type costs. Pure. */
export type Rule = (resource: PlannedResource, context: Context) => (Charge | Gap)[];

/** A property as it will be: as modelled where there are outputs, as declared otherwise. */
export function property({ inputs, outputs }: PlannedResource, name: string): Json | undefined {
  return outputs[name] ?? inputs[name];
}

export const textOf = (value: Json | undefined) => (typeof value === "string" ? value : "");
export const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
export const mapOf = (value: Json | undefined): JsonMap =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};

/** Numbers are often written as strings, for example a task's cpu. */
export function numberOf(value: Json | undefined, otherwise: number): number {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : otherwise;
}
