/** What many runs of one command, or many ratios, came to. */
export interface Summary {
  min: number;
  median: number;
  max: number;
}

/** @throws when there are no values: nothing was measured */
export function summarise(values: readonly number[]): Summary {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  if (upper === undefined || lower === undefined) throw new Error("no values to summarise: give at least one pair");
  return { min: sorted[0]!, median: (lower + upper) / 2, max: sorted.at(-1)! };
}

/**
 * The ratio of each pair. The two runs of a pair are neighbours in time, so what else the machine does cancels out, which it would
 * not in the ratio of two medians.
 */
export function pairwise(numerators: readonly number[], denominators: readonly number[]): number[] {
  if (numerators.length !== denominators.length) {
    throw new Error(`${numerators.length} values against ${denominators.length}: only whole pairs compare`);
  }
  return numerators.map((value, index) => value / denominators[index]!);
}

/** What `next` adds to `previous`, run by run. */
export function added(next: readonly number[], previous: readonly number[]): number[] {
  if (next.length !== previous.length)
    throw new Error(`${next.length} values against ${previous.length}: only whole rounds compare`);
  return next.map((value, index) => value - previous[index]!);
}
