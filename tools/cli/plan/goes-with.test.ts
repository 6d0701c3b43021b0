import { describe, expect, test } from "vitest";
import { guardedChanges } from "./guarded.ts";
import { type Made, planOf, stateOf, urnOf } from "./testing/plans.ts";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const BUCKET = "aws:s3/bucket:Bucket";
const PASSWORD = "random:index/randomPassword:RandomPassword";
const GUARDS: Record<string, "data" | "foundation"> = {
  [VPC]: "foundation",
  [SUBNET]: "foundation",
  [BALANCER]: "foundation",
  [BUCKET]: "data",
};
const vpc = { type: VPC, name: "network" };
const replaced = (...replaceKeys: string[]) => ({ op: "replace" as const, replaceKeys, guarded: "foundation" as const });

/** Names of guarded changes, each with the name of the one that it goes with and whether it is allowed. */
function judged(made: Made[], ...allow: string[]) {
  const guardOf = (type: string) => GUARDS[type];
  const before = () => stateOf(made);
  return guardedChanges([planOf(made)], allow, { before, guardOf }).map(({ urn, with: leader, allowed }) => [
    urn.split("::").at(-1),
    leader?.split("::").at(-1),
    allowed,
  ]);
}

describe("one leave for what is one decision", () => {
  const network: Made[] = [
    { ...vpc, step: replaced("cidrBlock") },
    { type: SUBNET, name: "private", parent: urnOf(vpc), step: replaced("vpcId", "cidrBlock") },
  ];

  test("a child goes with its parent, and leave for the parent covers it", () => {
    expect(judged(network)).toEqual([
      ["network", undefined, false],
      ["private", "network", false],
    ]);
    expect(judged(network, "shop::network").map(([, , allowed]) => allowed)).toEqual([true, true]);
  });

  test("leave for the child does not cover the parent", () => {
    expect(judged(network, "shop::private").map(([, , allowed]) => allowed)).toEqual([false, true]);
  });

  test("a component between the two changes nothing", () => {
    const component = { type: "fairway:components:Subnets", name: "subnets" };
    const made: Made[] = [
      { ...vpc, step: replaced("cidrBlock") },
      { ...component, custom: false, parent: urnOf(vpc) },
      { type: SUBNET, name: "private", parent: urnOf(component), step: replaced("vpcId") },
    ];
    expect(judged(made)).toContainEqual(["private", "network", false]);
  });

  test("what is deleted goes with its parent, though only the state before knows whose child it was", () => {
    const made: Made[] = [
      { ...vpc, step: { op: "delete", guarded: "foundation" } },
      { type: SUBNET, name: "private", parent: urnOf(vpc), step: { op: "delete", guarded: "foundation" } },
    ];
    expect(judged(made)).toContainEqual(["private", "network", false]);
  });

  test("what is replaced only because of another goes with it, through what is not guarded too", () => {
    const group = { type: "aws:ec2/securityGroup:SecurityGroup", name: "group" };
    const made: Made[] = [
      { ...vpc, step: replaced("cidrBlock") },
      { ...group, propertyDependencies: { vpcId: [urnOf(vpc)] }, step: { op: "replace", replaceKeys: ["vpcId"] } },
      {
        type: BALANCER,
        name: "edge",
        propertyDependencies: { securityGroups: [urnOf(group)] },
        step: replaced("securityGroups"),
      },
    ];
    expect(judged(made)).toContainEqual(["edge", "network", false]);
  });

  test("what is replaced for a reason of its own as well does not", () => {
    const made: Made[] = [
      { ...vpc, step: replaced("cidrBlock") },
      { type: SUBNET, name: "private", propertyDependencies: { vpcId: [urnOf(vpc)] }, step: replaced("vpcId", "cidrBlock") },
    ];
    expect(judged(made, "shop::network")).toContainEqual(["private", undefined, false]);
  });

  test("what is deleted for another's replacement, and is no child of it, does not", () => {
    const made: Made[] = [
      { ...vpc, step: replaced("cidrBlock") },
      {
        type: SUBNET,
        name: "private",
        propertyDependencies: { vpcId: [urnOf(vpc)] },
        step: { op: "delete", guarded: "foundation" },
      },
    ];
    expect(judged(made, "shop::network")).toContainEqual(["private", undefined, false]);
  });
});

describe("what holds data needs its own name", () => {
  test.each(["data", "protect"] as const)("as a child too, when it is guarded as %s", (guarded) => {
    const made: Made[] = [
      { ...vpc, step: replaced("cidrBlock") },
      { type: BUCKET, name: "orders", parent: urnOf(vpc), step: { op: "replace", replaceKeys: ["bucket"], guarded } },
    ];
    expect(judged(made, "shop::network")).toContainEqual(["orders", undefined, false]);
    expect(judged(made, "shop::network", "shop::orders")).toContainEqual(["orders", undefined, true]);
  });

  test("as does what is protected and no model knows", () => {
    const made: Made[] = [
      { ...vpc, step: replaced("cidrBlock") },
      { type: PASSWORD, name: "master", parent: urnOf(vpc), step: { op: "delete", guarded: "protect" } },
    ];
    expect(judged(made, "shop::network")).toContainEqual(["master", undefined, false]);
  });

  test("a protected component holds nothing itself: it goes with what it is in", () => {
    const made: Made[] = [
      { ...vpc, step: replaced("cidrBlock") },
      {
        type: "fairway:components:Subnets",
        name: "subnets",
        custom: false,
        parent: urnOf(vpc),
        step: { op: "delete", guarded: "protect" },
      },
    ];
    expect(judged(made, "shop::network")).toContainEqual(["subnets", "network", true]);
  });
});

test("a name that parent and child share means the parent, and is not ambiguous", () => {
  const made: Made[] = [
    { ...vpc, step: replaced("cidrBlock") },
    { type: SUBNET, name: "network", parent: urnOf(vpc), step: replaced("vpcId") },
  ];
  expect(judged(made, "shop::network").map(([, , allowed]) => allowed)).toEqual([true, true]);
});
