export { costOf, type CostRequest } from "./cost-of.ts";
export { costDelta, type CostChange, type CostDelta } from "./delta.ts";
export { overBudget, type OverBudget } from "./budget.ts";
export type { Basis, CostLine, CostReport, CostShare, Unpriced } from "./types.ts";
export type { Price, PriceName, PriceTable } from "./prices/types.ts";
export { prices } from "./prices/chosen.ts";
export { assumedUsage, type Usage } from "./usage.ts";
export { freeBecause } from "./free.ts";
