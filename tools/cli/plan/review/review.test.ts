import { describe, expect, test } from "vitest";
import type { StackState } from "@fairway/engine";
import platform from "../../../../platform.config.ts";
import { type Made, planOf, stateOf, urnOf } from "../testing/plans.ts";
import { type EnvironmentReview, reviewOf } from "./review.ts";

const nat = (name: string, step: Made["step"] = {}): Made => ({ type: "aws:ec2/natGateway:NatGateway", name, step });
const role: Made = {
  type: "aws:iam/role:Role",
  name: "task",
  inputs: { assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [] }) },
  outputs: { name: "task", arn: "arn:aws:iam::444444444444:role/task" },
};
const mayQuery = (resource: string, step: Made["step"]): Made => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  name: "task",
  inputs: {
    role: "task",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "dynamodb:Query", Resource: `arn:aws:dynamodb:eu-west-1:444444444444:table/${resource}` },
      ],
    }),
  },
  step,
});

/** What a change of one stack of production means. */
function reviewed(after: Made[], before?: Made[], projects?: ReadonlySet<string>): EnvironmentReview {
  const state = (made: Made[]): StackState => stateOf(made);
  return reviewOf({
    name: "production",
    platform,
    stacks: [planOf(after)],
    before: before && [{ project: "shop", stack: "production", state: state(before), steps: [] }],
    projects,
    today: "2026-11-23",
  });
}

describe("the cost of an environment", () => {
  test("is its resources' prices; against a base what is new is the difference", () => {
    const { cost } = reviewed([nat("a"), nat("b", { op: "create" })], [nat("a")]);
    expect(cost.delta?.changes.map(({ name, item, deltaUsd }) => [name, item, deltaUsd])).toEqual([
      ["b", "NAT gateway", 32.85],
      ["b", "NAT traffic", 2.25],
    ]);
    expect(cost.report.monthlyUsd).toBeCloseTo(2 * 35.1);
    expect(cost).toMatchObject({ region: "eu-west-1", prices: { region: "us-east-1" } });
  });

  test("over the budget names the line that tips it over", () => {
    const many = (count: number, step: Made["step"] = {}) =>
      Array.from({ length: count }, (_, index) => nat(`nat-${index}`, step));
    // Production's budget is 2,000: 56 gateways are within it, 57 are not.
    const { cost } = reviewed([...many(56), nat("one-more", { op: "create" })], many(56));
    expect(cost.over).toMatchObject({ budgetUsd: 2000, tippedBy: { name: "one-more", item: "NAT gateway" } });
  });

  test("of some of the projects says nothing of the budget", () => {
    const many = Array.from({ length: 60 }, (_, index) => nat(`nat-${index}`));
    expect(reviewed(many).cost.over).toBeDefined();
    expect(reviewed(many, undefined, new Set(["shop"])).cost.over).toBeUndefined();
  });
});

describe("access", () => {
  test("against a base is who gained and who lost what", () => {
    const { access } = reviewed([role, mayQuery("orders", { op: "update" })], [role, mayQuery("catalog", {})]);
    expect(access.changes).toMatchObject([
      {
        principal: "role task",
        added: [{ resources: ["arn:aws:dynamodb:eu-west-1:444444444444:table/orders"] }],
        removed: [{ resources: ["arn:aws:dynamodb:eu-west-1:444444444444:table/catalog"] }],
      },
    ]);
  });
});

describe("policies", () => {
  const unboundRole: Made = { ...role, name: "unbound", step: { op: "create" } };

  test("tell what a change breaks from what was broken before", () => {
    const { policy } = reviewed([role, unboundRole], [role]);
    const names = (violations: { name: string }[]) => [...new Set(violations.map(({ name }) => name))];
    expect(names(policy.fresh)).toEqual(["unbound"]);
    expect(names(policy.older)).toEqual(["task"]);
  });

  test("count what is mended", () => {
    const { policy } = reviewed([{ ...nat("a"), step: { op: "update" } }], [role, nat("a")]);
    expect(policy.mended).toBeGreaterThan(0);
  });

  test("without a base every violation is told as it is", () => {
    expect(reviewed([role]).policy.fresh).not.toEqual([]);
  });
});

describe("against a base", () => {
  const production = { project: "shop", stack: "production" };

  test("nothing differs where nothing does", () => {
    const { cost, access, policy, protection } = reviewed([role, nat("a")], [role, nat("a")]);
    expect([cost.delta?.changes, access.changes, policy.fresh, policy.mended, protection]).toEqual([[], [], [], 0, []]);
  });

  test("a project that is removed is no longer paid for, though nothing else changes", () => {
    const old = { project: "old", stack: "production" };
    const { cost } = reviewOf({
      name: "production",
      platform,
      stacks: [planOf([role])],
      before: [
        { ...production, state: stateOf([role]), steps: [] },
        { ...old, state: stateOf([nat("a")], old), steps: [] },
      ],
      today: "2026-11-23",
    });
    expect(cost.delta?.deltaUsd).toBeCloseTo(-35.1);
  });

  test("protection that goes off is told, and what breaks a rule by it is new", () => {
    const vpc = (protect: boolean): Made => ({ type: "aws:ec2/vpc:Vpc", name: "main", protect });
    const { protection, policy } = reviewed([vpc(false)], [vpc(true)]);
    expect(protection).toMatchObject([{ name: "main", options: ["protect"] }]);
    expect(policy.fresh.map(({ policy: rule }) => rule)).toContain("protect");
    expect(reviewed([vpc(true)], [vpc(false)]).protection).toEqual([]);
  });

  test("a second break of the same rule by the same resource is new; the first, at another place in its list, is not", () => {
    const task = (...names: string[]): Made => ({
      type: "aws:ecs/taskDefinition:TaskDefinition",
      name: "task",
      inputs: { containerDefinitions: JSON.stringify(names.map((name) => ({ name, image: "x:1", privileged: true }))) },
      step: { op: "replace" },
    });
    const privileged = (review: EnvironmentReview) => {
      const of = (violations: { policy: string }[]) => violations.filter(({ policy }) => policy === "task-not-privileged").length;
      return { fresh: of(review.policy.fresh), older: of(review.policy.older) };
    };
    expect(privileged(reviewed([task("app")], [task("app")]))).toEqual({ fresh: 0, older: 1 });
    expect(privileged(reviewed([task("sidecar", "app")], [task("app")]))).toEqual({ fresh: 1, older: 1 });
  });

  test("what is renamed with an alias costs, breaks and allows nothing new, whatever refers to it", () => {
    const component = (name: string): Made => ({ type: "fairway:components:Network", name, custom: false });
    const inside = (name: string): Made[] => [
      { ...component(name), aliases: [urnOf(component("site"))].filter((urn) => urn !== urnOf(component(name))) },
      {
        ...nat(`${name}-nat`),
        parent: urnOf(component(name)),
        aliases: name === "site" ? [] : [urnOf(nat("site-nat"))],
      },
      { ...role, name: `${name}-task`, aliases: name === "site" ? [] : [urnOf({ ...role, name: "site-task" })] },
    ];
    const { cost, policy, protection } = reviewed(inside("web"), inside("site"));
    expect([cost.delta?.changes, policy.fresh, policy.mended, protection]).toEqual([[], [], 0, []]);
  });

  test("what takes a former name while the old one stays is new", () => {
    const copy: Made = { ...nat("b", { op: "create" }), aliases: [urnOf(nat("a"))] };
    expect(reviewed([nat("a"), copy], [nat("a")]).cost.delta?.changes.map(({ name }) => name)).toEqual(["b", "b"]);
  });
});
