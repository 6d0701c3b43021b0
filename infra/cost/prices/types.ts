import type { usEast1 } from "./us-east-1.ts";

export interface Price {
  usd: number;
  /** What one of it is, for example "hour". */
  unit: string;
  /** Where it was read and when; "unconfirmed" where only general knowledge says so. */
  source: string;
}

/** Names of prices that rules ask for. */
export type PriceName = keyof (typeof usEast1)["prices"];

/** What AWS asks in one region: plain data that a fork replaces by its own, for example with a negotiated discount. */
export interface PriceTable {
  /** Region that the prices are for. */
  region: string;
  /** Day on which they were gathered, ISO 8601. */
  asOf: string;
  prices: Record<PriceName, Price>;
}
