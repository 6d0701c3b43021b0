/** Whole numbers of GiB from `from` to `to`. */
const range = (from: number, to: number, step = 1) =>
  Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);

/** GiB that Fargate offers, by vCPU (AWS Fargate task sizes, 2026-03; the 32 vCPU row of 2026 is left out until it is in all regions). */
export const FARGATE_SIZES: ReadonlyMap<number, readonly number[]> = new Map([
  [0.25, [0.5, 1, 2]],
  [0.5, range(1, 4)],
  [1, range(2, 8)],
  [2, range(4, 16)],
  [4, range(8, 30)],
  [8, range(16, 60, 4)],
  [16, range(32, 120, 8)],
]);

export function isFargateSize(cpu: number, memory: number): boolean {
  return FARGATE_SIZES.get(cpu)?.includes(memory) ?? false;
}
