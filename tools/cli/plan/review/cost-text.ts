import type { CostChange, CostReport } from "@fairway/cost";
import { money } from "../report/text.ts";
import type { CostReview } from "./review.ts";

/** Changes of one item, over all resources. */
export interface ItemChange {
  item: string;
  deltaUsd: number;
  changes: CostChange[];
}

/** By what is billed, the biggest first: four new endpoints are one line. */
export function itemChanges(changes: readonly CostChange[]): ItemChange[] {
  return [...Map.groupBy(changes, ({ item }) => item)]
    .map(([item, own]) => ({ item, changes: own, deltaUsd: own.reduce((sum, { deltaUsd }) => sum + deltaUsd, 0) }))
    .sort((a, b) => Math.abs(b.deltaUsd) - Math.abs(a.deltaUsd) || (a.item < b.item ? -1 : 1));
}

/** `NAT gateway: network network-2`, `alarm metrics ×3`. */
export function itemText({ item, changes }: ItemChange): string {
  const [only, ...more] = changes;
  return more.length === 0 && only ? `${item}: ${only.project} ${only.name}` : `${item} ×${changes.length}`;
}

/** How the sums are known: whose prices, of when, and how much of it is assumed. */
export function costBasis({ report, prices, region }: CostReview): string {
  const share = assumedShare(report);
  const where = prices.region === region ? `of ${prices.region}` : `of ${prices.region}, not ${region}`;
  return `list prices ${where}, ${prices.asOf}${share > 0 ? `; ${share} % rests on assumed usage` : ""}`;
}

/** In percent. */
function assumedShare({ lines, monthlyUsd }: CostReport): number {
  const assumed = lines.reduce((sum, line) => sum + (line.basis === "fixed" ? 0 : line.monthlyUsd), 0);
  return monthlyUsd === 0 ? 0 : Math.round((100 * assumed) / monthlyUsd);
}

/** `$214 over the budget of $2,000 a month`, and what to look at. */
export function overText({ over }: CostReview): string | undefined {
  if (!over) return undefined;
  const { overUsd, budgetUsd, tippedBy, biggest } = over;
  const named = tippedBy
    ? `Tipped over by ${tippedBy.item} of ${tippedBy.project} ${tippedBy.name} (+${money(tippedBy.deltaUsd, true)})`
    : `Biggest: ${biggest.map(({ item, project, name, monthlyUsd }) => `${item} of ${project} ${name} ${money(monthlyUsd, true)}`).join(", ")}`;
  return `${money(overUsd)} over the budget of ${money(budgetUsd)} a month. ${named}.`;
}
