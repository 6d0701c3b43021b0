import type { Json, PlannedResource } from "@fairway/resources";
import { freeBecause } from "./free.ts";
import type { PriceTable } from "./prices/types.ts";
import { type Charge, type Context, type Gap, mapOf, property } from "./rules/rule.ts";
import { RULES } from "./rules/rules.ts";
import type { CostLine, CostReport, CostShare, Unpriced } from "./types.ts";
import type { Usage } from "./usage.ts";

export interface CostRequest {
  resources: readonly PlannedResource[];
  prices: PriceTable;
  usage: Usage;
  /** Report only these projects; the others are looked at for what theirs refer to. @default all */
  projects?: ReadonlySet<string>;
}

/**
 * What resources cost a month, line by line.
 *
 * Components cost what their children cost; what is only read is someone else's. A resource whose price is not known is in `unpriced`.
 *
 * @example
 * costOf({ resources, prices: usEast1, usage: assumedUsage("production") }).monthlyUsd
 */
export function costOf({ resources, prices, usage, projects }: CostRequest): CostReport {
  const context: Context = { usage, find: finder(resources) };
  const lines: CostLine[] = [];
  const gaps: { type: string; why: string }[] = [];
  for (const resource of resources) {
    if (projects && !projects.has(resource.project)) continue;
    if (!resource.custom || resource.external || freeBecause(resource.type) !== undefined) continue;
    const rule = Object.hasOwn(RULES, resource.type) ? RULES[resource.type] : undefined;
    if (!rule) gaps.push({ type: resource.type, why: "no price is known" });
    for (const found of rule?.(resource, context) ?? []) {
      if (isGap(found)) gaps.push({ type: resource.type, why: found.unpriced });
      else lines.push(lineOf(resource, found, prices));
    }
  }
  lines.sort((a, b) => b.monthlyUsd - a.monthlyUsd || compareText(a.urn, b.urn) || compareText(a.item, b.item));
  return {
    monthlyUsd: sum(lines),
    lines,
    byService: shares(lines, "service"),
    byTeam: shares(lines, "team"),
    unpriced: counted(gaps),
  };
}

const isGap = (found: Charge | Gap): found is Gap => "unpriced" in found;

function lineOf(resource: PlannedResource, charge: Charge, prices: PriceTable): CostLine {
  const { usd, unit } = prices.prices[charge.price];
  const tags = tagsOf(resource);
  return {
    urn: resource.urn,
    project: resource.project,
    name: resource.name,
    item: charge.item,
    quantity: rounded(charge.quantity),
    unit,
    unitPrice: usd,
    price: charge.price,
    monthlyUsd: rounded(charge.quantity * usd),
    ...(typeof tags.service === "string" ? { service: tags.service } : {}),
    ...(typeof tags.team === "string" ? { team: tags.team } : {}),
    basis: charge.basis ?? (charge.assumption === undefined ? "fixed" : "assumed usage"),
    ...(charge.assumption === undefined ? {} : { assumption: charge.assumption }),
  };
}

/** Default tags are in `tagsAll`, where the resource has them; its own tags win. */
function tagsOf(resource: PlannedResource): { [key: string]: Json } {
  return { ...mapOf(property(resource, "tagsAll")), ...mapOf(property(resource, "tags")) };
}

/** By tag, by project where there is none; the dearest first. */
function shares(lines: readonly CostLine[], by: "service" | "team"): CostShare[] {
  const groups = Map.groupBy(lines, (line) =>
    JSON.stringify(line[by] === undefined ? ["project", line.project] : [by, line[by]]),
  );
  return [...groups]
    .map(([key, own]): CostShare => {
      const [kind, name] = JSON.parse(key) as [CostShare["kind"], string];
      return { name, kind, monthlyUsd: sum(own) };
    })
    .sort((a, b) => b.monthlyUsd - a.monthlyUsd || compareText(a.name, b.name) || compareText(a.kind, b.kind));
}

function counted(gaps: readonly { type: string; why: string }[]): Unpriced[] {
  return [...Map.groupBy(gaps, ({ type, why }) => `${type}\n${why}`).values()]
    .map((same) => ({ ...same[0]!, count: same.length }))
    .map(({ type, count, why }) => ({ type, count, why }))
    .sort((a, b) => compareText(a.type, b.type) || compareText(a.why, b.why));
}

/** Finds by type and output; an index is made for each that is asked for. */
function finder(resources: readonly PlannedResource[]): Context["find"] {
  const indexes = new Map<string, Map<Json | undefined, PlannedResource>>();
  return (type, output, value) => {
    if (value === undefined || value === "") return undefined;
    const key = `${type} ${output}`;
    let index = indexes.get(key);
    if (!index) {
      index = new Map(resources.filter((each) => each.type === type).map((each) => [property(each, output), each]));
      indexes.set(key, index);
    }
    return index.get(value);
  };
}

/** To a hundredth of a cent: sums then do not show how floating point numbers are added. */
export const rounded = (usd: number) => Math.round(usd * 1e4) / 1e4 || 0;

const sum = (lines: readonly CostLine[]) => rounded(lines.reduce((total, { monthlyUsd }) => total + monthlyUsd, 0));
const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
