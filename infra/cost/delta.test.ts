import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assumedUsage, costDelta, costOf, overBudget, prices } from "./index.ts";
import { resource } from "./testing/resource.ts";

const TYPES = ["aws:ec2/natGateway:NatGateway", "aws:kms/key:Key", "aws:s3/bucket:Bucket", "aws:cloudwatch/dashboard:Dashboard"];
const reportOf = (...resources: ReturnType<typeof resource>[]) => costOf({ resources, prices, usage: assumedUsage("dev") });
const nat = (name: string) => resource("aws:ec2/natGateway:NatGateway", name);
const key = (name: string) => resource("aws:kms/key:Key", name);

describe("the difference of two reports", () => {
  test("lists what is new, dearer and gone, the biggest first, and not what stays", () => {
    const delta = costDelta(reportOf(nat("a"), key("old")), reportOf(nat("a"), nat("b")));
    expect(delta.changes.map(({ name, item, deltaUsd }) => [name, item, deltaUsd])).toEqual([
      ["b", "NAT gateway", 32.85],
      ["old", "KMS key", -1],
      ["b", "NAT traffic", 0.9],
      ["old", "KMS requests", -0.03],
    ]);
    expect(delta.deltaUsd).toBeCloseTo(32.72);
  });

  const reports = fc
    .uniqueArray(fc.tuple(fc.constantFrom(...TYPES), fc.constantFrom("a", "b", "c")), { selector: String })
    .map((list) => reportOf(...list.map(([type, name]) => resource(type, name))));

  test("is the opposite the other way round", () => {
    fc.assert(
      fc.property(reports, reports, (one, other) => {
        const there = costDelta(one, other);
        const back = costDelta(other, one);
        expect(there.deltaUsd).toBeCloseTo(-back.deltaUsd, 6);
        expect(there.changes.map(({ urn, item, deltaUsd }) => [urn, item, deltaUsd])).toEqual(
          back.changes.map(({ urn, item, deltaUsd }) => [urn, item, -deltaUsd]),
        );
      }),
    );
  });

  test("adds up line by line", () => {
    fc.assert(
      fc.property(reports, reports, (one, other) => {
        const { changes, deltaUsd } = costDelta(one, other);
        expect(changes.reduce((sum, change) => sum + change.deltaUsd, 0)).toBeCloseTo(deltaUsd, 3);
      }),
    );
  });
});

describe("a budget", () => {
  test("that is kept says nothing", () => {
    expect(overBudget(reportOf(nat("a")), { monthlyUsd: 34 })).toBeUndefined();
  });

  test("that is not kept names by how much and what costs most", () => {
    expect(overBudget(reportOf(nat("a"), key("k")), { monthlyUsd: 20 })).toMatchObject({
      budgetUsd: 20,
      overUsd: 14.78,
      biggest: [{ item: "NAT gateway" }, { item: "KMS key" }, { item: "NAT traffic" }],
    });
  });

  test("names the line that tips it over, where a change does", () => {
    const [before, after] = [reportOf(nat("a")), reportOf(nat("a"), nat("b"))];
    expect(overBudget(after, { monthlyUsd: 50 }, costDelta(before, after))?.tippedBy).toMatchObject({
      name: "b",
      item: "NAT gateway",
    });
    expect(overBudget(after, { monthlyUsd: 20 }, costDelta(before, after))?.tippedBy).toBeUndefined();
  });
});
