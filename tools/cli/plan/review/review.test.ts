import { describe, expect, test } from "vitest";
import type { StackState } from "@fairway/engine";
import type { StackPlan } from "@fairway/planner";
import platform from "../../../../platform.config.ts";
import { type Made, planOf, stateOf } from "../testing/plans.ts";
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

test("a plan without a change is judged once, and has no difference", () => {
  const plan: StackPlan = planOf([role, nat("a")]);
  const { cost, access, policy } = reviewOf({
    name: "production",
    platform,
    stacks: [plan],
    // What is the same is not even looked at: a state that cannot be read shows it.
    before: [{ ...plan, state: { resources: () => expect.fail("the base was read") } }],
    today: "2026-11-23",
  });
  expect([cost.delta?.changes, access.changes, policy.fresh]).toEqual([[], [], []]);
});
