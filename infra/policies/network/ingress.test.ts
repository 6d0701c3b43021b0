import { expect, test } from "vitest";
import { isAnywhere } from "./ingress.ts";

test.each([
  ["0.0.0.0/0", true],
  ["::/0", true],
  ["0.0.0.0/1", true],
  ["128.0.0.0/1", true],
  ["2000::/3", true],
  ["10.0.0.0/8", false],
  ["10.10.0.0/16", false],
  ["198.51.100.7/32", false],
  ["2001:db8::/32", false],
])("%s is anywhere: %s", (range, anywhere) => {
  expect(isAnywhere(range)).toBe(anywhere);
});
