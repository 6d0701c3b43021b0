import { rounded } from "./cost-of.ts";
import type { CostLine, CostReport } from "./types.ts";

/** A line whose price changes. */
export interface CostChange {
  urn: string;
  project: string;
  name: string;
  item: string;
  beforeUsd: number;
  afterUsd: number;
  /** More is positive. */
  deltaUsd: number;
  basis: CostLine["basis"];
}

export interface CostDelta {
  beforeUsd: number;
  afterUsd: number;
  deltaUsd: number;
  /** The biggest changes first. */
  changes: CostChange[];
}

/** What changes between two reports, line by line: by resource and item. */
export function costDelta(before: CostReport, after: CostReport): CostDelta {
  const old = byKey(before);
  const now = byKey(after);
  const changes = [...new Set([...old.keys(), ...now.keys()])]
    .map((key): CostChange => {
      const was = old.get(key);
      const is = now.get(key);
      const { urn, project, name, item, basis } = (is ?? was)!;
      const beforeUsd = was?.monthlyUsd ?? 0;
      const afterUsd = is?.monthlyUsd ?? 0;
      return { urn, project, name, item, beforeUsd, afterUsd, deltaUsd: rounded(afterUsd - beforeUsd), basis };
    })
    .filter(({ deltaUsd }) => deltaUsd !== 0)
    .sort((a, b) => Math.abs(b.deltaUsd) - Math.abs(a.deltaUsd) || compareText(a.urn, b.urn) || compareText(a.item, b.item));
  return {
    beforeUsd: before.monthlyUsd,
    afterUsd: after.monthlyUsd,
    deltaUsd: rounded(after.monthlyUsd - before.monthlyUsd),
    changes,
  };
}

function byKey({ lines }: CostReport): Map<string, CostLine> {
  return new Map(lines.map((line) => [`${line.urn}\n${line.item}`, line]));
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
