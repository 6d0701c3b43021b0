import { expect, test } from "vitest";
import { zoneProblem } from "./zones.ts";

test("zones that the region has are good, whichever and in whatever order", () => {
  expect(
    zoneProblem("us-west-2", ["us-west-2d", "us-west-2a"], ["us-west-2a", "us-west-2b", "us-west-2c", "us-west-2d"]),
  ).toBeUndefined();
});

test("a zone that the region lacks is refused: the message names it, what there is, and where to change it", () => {
  expect(zoneProblem("us-west-1", ["us-west-1a", "us-west-1b", "us-west-1c"], ["us-west-1a", "us-west-1c"])).toMatch(
    /^settings name us-west-1b, but us-west-1 has 2 zones .*: us-west-1a, us-west-1c\. Name two to four of them in `zones`/,
  );
});

test("a region with one zone is no place for a platform", () => {
  expect(zoneProblem("xx-test-1", ["xx-test-1a", "xx-test-1b"], ["xx-test-1a"])).toMatch(
    /xx-test-1 has one zone .*choose another `region`/,
  );
});
