import { expect, test } from "vitest";
import { columns, money, moneyChange, visible, wrap } from "./text.ts";

test.each([
  [1214.4, "$1,214"],
  [12_345_678, "$12,345,678"],
  [9.5, "$9.50"],
  [0, "$0"],
])("%d dollars are %s", (usd, text) => expect(money(usd)).toBe(text));

test.each([
  [38, "+$38"],
  [-2.5, "−$2.50"],
  [0, "±$0"],
  [0.001, "±$0"],
])("a change by %d is %s", (usd, text) => expect(moneyChange(usd, "−")).toBe(text));

test("lines are filled up to the width and continue under where the list began", () => {
  expect(wrap("  cost  ", ["network $118", "edge $75", "catalog $16"], 31)).toBe(
    "  cost  network $118, edge $75,\n        catalog $16",
  );
});

test("colours take no columns", () => {
  const line = columns("\u001b[1mdev\u001b[22m", "$98", 20);
  expect(visible(line)).toBe(20);
});
