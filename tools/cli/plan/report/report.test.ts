import { describe, expect, test } from "vitest";
import { Secret } from "@fairway/engine";
import platform from "../../../../platform.config.ts";
import { styleOf } from "../../terminal/style.ts";
import { guardedChanges } from "../guarded.ts";
import { reviewOf } from "../review/review.ts";
import { type Made, planOf, stateOf, urnOf } from "../testing/plans.ts";
import type { PlanView } from "../view.ts";
import { planReport } from "./report.ts";
import { exitCodeOf } from "./verdict.ts";

const STYLE = styleOf({ isTTY: false, columns: 100 } as NodeJS.WriteStream, { LANG: "C.UTF-8" });

/** The report of one environment's change. */
function reportOf(after: Made[], before: Made[] = after.map(({ step: _, ...made }) => made), change: Partial<PlanView> = {}) {
  const plan = planOf(after);
  const state = stateOf(before);
  const review = reviewOf({
    name: "production",
    platform,
    stacks: [plan],
    before: [{ project: "shop", stack: "production", state, steps: [] }],
    today: "2026-11-23",
  });
  const view: PlanView = {
    base: { revision: "main", commit: "4b8d11a7c0ffee" },
    environments: [{ name: "production", stacks: [plan], review }],
    guarded: guardedChanges([plan], [], { before: () => state, guardOf: () => "foundation" }),
    strict: true,
    ...change,
  };
  return { text: planReport(view, STYLE, { head: "9f31c2e", full: false, seconds: 1.9 }), exitCode: exitCodeOf(view) };
}

const vpc: Made = { type: "aws:ec2/vpc:Vpc", name: "network" };
const replaced = {
  op: "replace" as const,
  replaceKeys: ["cidrBlock"],
  guarded: "foundation" as const,
  why: "replace because of its range",
};

describe("the report of a plan", () => {
  test("shows what leads, and how much goes with it", () => {
    const subnets = ["a", "b"].map((name): Made => ({ type: "aws:ec2/subnet:Subnet", name, parent: urnOf(vpc), step: replaced }));
    const { text, exitCode } = reportOf([{ ...vpc, step: replaced }, ...subnets]);
    expect(text).toMatch(/! 1 dangerous .*± 3 /);
    expect(text).toMatch(
      /! ± shop {2}aws:ec2\/vpc:Vpc {2}network\n.*\n +and 2 guarded changes that go with it\n.*--allow shop::network\n/,
    );
    expect(text).not.toMatch(/± shop {2}aws:ec2\/subnet/);
    expect(text).toMatch(/^refused \(1 guarded change/m);
    expect(exitCode).toBe(3);
  });

  test("sums up a stack that is all new, and one of which nothing stays; guarded deletions stand alone", () => {
    const group = (name: string, op: "create" | "delete" | "same"): Made => ({
      type: "aws:ec2/securityGroup:SecurityGroup",
      name,
      step: { op },
    });
    const added = reportOf([group("a", "create"), group("b", "create")], []);
    expect(added.text).toMatch(/\n {4}\+ shop +2 +ec2\.SecurityGroup ×2\n/);
    const gone = reportOf([
      group("a", "delete"),
      group("b", "delete"),
      { ...vpc, step: { op: "delete", guarded: "foundation" } },
    ]);
    expect(gone.text).toMatch(/! − shop {2}aws:ec2\/vpc:Vpc {2}network\n[^]*\n {4}− shop +2 +ec2\.SecurityGroup ×2\n/);
    const both = reportOf([group("a", "create"), group("b", "same")]);
    expect(both.text).toMatch(/\+ shop {2}aws:ec2\/securityGroup:SecurityGroup {2}a\n/);
  });

  test("says nothing of teams where nothing has one", () => {
    const nat: Made = { type: "aws:ec2/natGateway:NatGateway", name: "a" };
    const from = (inputs: Made["inputs"]) => {
      const plan = planOf([{ ...nat, inputs }]);
      const review = reviewOf({ name: "production", platform, stacks: [plan], today: "2026-11-23" });
      const view = { environments: [{ name: "production", stacks: [plan], review }], guarded: [], strict: true };
      return planReport(view, STYLE, { head: "9f31c2e", full: false, seconds: 1.9 });
    };
    expect(from({ tags: { team: "shopping" } })).toMatch(/by team: shopping/);
    expect(from({})).not.toMatch(/by team/);
  });

  test("marks what loses protection, and does not say that nothing dangerous was found", () => {
    const { text, exitCode } = reportOf([vpc], [{ ...vpc, protect: true }]);
    expect(text).toMatch(/! 1 dangerous .*\n {2}! ~ shop {2}aws:ec2\/vpc:Vpc {2}network\n +protect {2}true → false/);
    expect(text).not.toMatch(/Nothing dangerous found/);
    expect(exitCode).toBe(3); // for the policy on protection in production
  });

  test("names a principal's new action only, where the rest of its statement stays", () => {
    const policy = (...Action: string[]) =>
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "arn:aws:s3:::shop/*" }] });
    const role: Made = {
      type: "aws:iam/role:Role",
      name: "task",
      inputs: { assumeRolePolicy: policy() },
      outputs: { name: "task", arn: "arn:aws:iam::444444444444:role/task" },
    };
    const allowing = (...actions: string[]): Made => ({
      type: "aws:iam/rolePolicy:RolePolicy",
      name: "task",
      inputs: { role: "task", policy: policy(...actions) },
      step: { op: "update" },
    });
    const { text } = reportOf([role, allowing("s3:GetObject", "s3:PutObject")], [role, allowing("s3:GetObject")]);
    expect(text).toMatch(/access {3}\+ 1 − 0\n {6}shop role task {2}\+ s3:PutObject on shop\/\* {2}\[modelled\]\n/);
  });

  test("shows long values where they differ, and no secret", () => {
    const long = (end: string) => `${"x".repeat(200)}${end}`;
    const change = { kind: "update" as const, replace: false, known: "modelled" as const };
    const inputs = { text: long("now"), password: new Secret("correct horse") };
    const oldInputs = { text: long("then"), password: new Secret("another") };
    const step = { op: "update" as const, oldInputs, newInputs: inputs, detailedDiff: { text: change, password: change } };
    const { text } = reportOf([{ type: "x:y:Z", name: "it", inputs, step }]);
    expect(text).toMatch(/text {2}…x+then" → …x+now" {2}\[modelled\]/);
    expect(text).toMatch(/password {2}\[secret\] → \[secret\]/);
    expect(text).not.toMatch(/correct horse|another/);
  });

  test("says what a removed project leaves behind", () => {
    const { text } = reportOf([vpc], undefined, { undeclared: [{ project: "old", stack: "production" }] });
    expect(text).toMatch(/not declared any more: old\/production\. Nothing deletes what they made/);
  });

  test("does not judge an environment of which a program fails", () => {
    const failed = { ...planOf([vpc]), ok: false, diagnostics: [{ severity: "error" as const, message: "planted" }] };
    const { text, exitCode } = reportOf([vpc], undefined, { environments: [{ name: "production", stacks: [failed] }] });
    expect(text).toMatch(
      /✖ shop {2}planted\n[^]*policy, access and cost are not judged while a program of the environment fails/,
    );
    expect(text).toMatch(/^failed: shop\/production\./m);
    expect(exitCode).toBe(1);
  });
});
