import type { PriceTable } from "./types.ts";
import { usEast1 } from "./us-east-1.ts";

/** The table that plans are priced with. A fork puts its own here: the type says which prices it needs. */
export const prices: PriceTable = usEast1;
