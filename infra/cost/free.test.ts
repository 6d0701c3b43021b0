import { expect, test } from "vitest";
import { freeBecause } from "./index.ts";
import { RULES } from "./rules/rules.ts";

test("no type both costs and is free", () => {
  expect(Object.keys(RULES).filter((type) => freeBecause(type) !== undefined)).toEqual([]);
});

test.each([
  ["aws:ec2/subnet:Subnet", /AWS bills gateways/],
  ["kubernetes:apps/v1:Deployment", /objects of a cluster/],
])("%s costs nothing, and why is said", (type, reason) => {
  expect(freeBecause(type)).toMatch(reason);
});

test("a cluster's object that makes something in AWS is no mere object", () => {
  expect(freeBecause("kubernetes:core/v1:PersistentVolumeClaim")).toBeUndefined();
});
