import { expect, test } from "vitest";
import { added, pairwise, summarise } from "./statistics.ts";

test("the median of an odd number of runs is the middle one, of an even number the mean of the two in the middle", () => {
  expect(summarise([3, 1, 2])).toEqual({ min: 1, median: 2, max: 3 });
  expect(summarise([10, 1, 4, 2])).toEqual({ min: 1, median: 3, max: 10 });
});

test("numbers are ordered as numbers", () => {
  expect(summarise([10, 9, 100])).toEqual({ min: 9, median: 10, max: 100 });
});

test("ratios are of pairs, so a machine that was slow for one pair does not change them", () => {
  const fast = { a: [3, 30, 3], b: [2, 20, 2] };
  expect(pairwise(fast.a, fast.b)).toEqual([1.5, 1.5, 1.5]);
});

test("a half pair is refused", () => {
  expect(() => pairwise([1, 2], [1])).toThrow("2 values against 1");
  expect(() => added([1, 2], [1])).toThrow("2 values against 1");
});

test("what a size adds is taken from the size below in the same round", () => {
  expect(added([5, 8], [2, 3])).toEqual([3, 5]);
});

test("nothing measured is not a result", () => {
  expect(() => summarise([])).toThrow("no values");
});
