import type { PriceName } from "./prices/types.ts";

/** How a line's quantity is known: from what is declared, or from an assumption about use. */
export type Basis = "fixed" | "assumed usage";

/** One thing that AWS would bill for one resource. */
export interface CostLine {
  urn: string;
  project: string;
  /** The resource's name in its program. */
  name: string;
  /** What is billed, for example "NAT gateway". One line a resource and item. */
  item: string;
  /** Units a month. */
  quantity: number;
  /** For example "hour" or "GB". */
  unit: string;
  /** US dollars a unit. */
  unitPrice: number;
  price: PriceName;
  monthlyUsd: number;
  /** Of its tags. */
  service?: string;
  team?: string;
  basis: Basis;
  /** In words, what the price rests on beside what is declared. */
  assumption?: string;
}

/** Resources whose price is not known here. They are not free. */
export interface Unpriced {
  type: string;
  count: number;
  /** What exactly is missing, where it is not the whole type. */
  why: string;
}

/** Sum of a service's, team's or project's lines. */
export interface CostShare {
  name: string;
  /** What the name is: of a tag, or of the project where the tag is missing. */
  kind: "service" | "team" | "project";
  monthlyUsd: number;
}

/** What resources cost a month, line by line. Sorted by price, then by URN and item: the same bytes for the same resources. */
export interface CostReport {
  monthlyUsd: number;
  lines: CostLine[];
  byService: CostShare[];
  byTeam: CostShare[];
  unpriced: Unpriced[];
}
