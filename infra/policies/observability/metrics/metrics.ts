import { BY_HAND, type Metrics } from "./by-hand.ts";
import written from "./metrics.json" with { type: "json" };

const SOURCES: Metrics[] = [written.namespaces, BY_HAND];

/** The sets of dimensions of a metric; undefined when there is no such metric. */
export function dimensionSets(namespace: string, metric: string): string[][] | undefined {
  const found = SOURCES.flatMap((source) => source[namespace]?.[metric] ?? []);
  return SOURCES.some((source) => source[namespace]?.[metric]) ? found : undefined;
}

/** The metrics of a namespace; undefined when it is unknown, for example because it is the user's own. */
export function metricsOf(namespace: string): string[] | undefined {
  const found = SOURCES.flatMap((source) => Object.keys(source[namespace] ?? {}));
  return found.length === 0 ? undefined : [...new Set(found)].sort();
}

/** Whether a metric is published with exactly these dimensions. */
export function fits(set: readonly string[], dimensions: Record<string, string>): boolean {
  const names = Object.keys(dimensions);
  return (
    set.length === names.length &&
    set.every((each) => {
      const [name = "", value] = each.split("=");
      return name in dimensions && (value === undefined || dimensions[name] === value);
    })
  );
}

/** The names nearest to a wrong one, for the reader who mistyped. */
export function nearest(wrong: string, names: readonly string[]): string[] {
  const near = (name: string) => distance(wrong.toLowerCase(), name.toLowerCase());
  return [...names].sort((one, other) => near(one) - near(other) || (one < other ? -1 : 1)).slice(0, 3);
}

/** Single-letter changes that lead from one text to another. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[other.length]!;
}
