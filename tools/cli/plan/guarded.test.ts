import { expect, test } from "vitest";
import { memoryState, type Step } from "@fairway/engine";
import type { StackPlan } from "@fairway/planner";
import { guardedChanges, withLeave } from "./guarded.ts";

/** A plan of one stack in which these are deleted and guarded. */
function planOf(...resources: [type: string, name: string][]): StackPlan[] {
  const steps = resources.map(([type, name]): Step => ({
    op: "delete",
    urn: `urn:pulumi:production::shop::${type}::${name}`,
    type,
    name,
    replaceKeys: [],
    detailedDiff: {},
    why: "",
    known: "modelled",
    guarded: "data",
    provider: false,
  }));
  return [{ project: "shop", stack: "production", ok: true, steps, findings: [], diagnostics: [], state: memoryState() }];
}

const allowedNames = (plans: StackPlan[], allow: string[]) => guardedChanges(plans, allow).map(({ allowed }) => allowed);

test("a guarded change is refused unless it is named", () => {
  const plans = planOf(["aws:s3/bucket:Bucket", "orders"]);
  expect(allowedNames(plans, [])).toEqual([false]);
  expect(allowedNames(plans, ["shop::orders"])).toEqual([true]);
  expect(allowedNames(plans, ["shop::aws:s3/bucket:Bucket::orders"])).toEqual([true]);
});

test("the report says exactly what to write", () => {
  expect(guardedChanges(planOf(["aws:s3/bucket:Bucket", "orders"]), [])).toMatchObject([{ allow: "shop::orders" }]);
  expect(
    guardedChanges(planOf(["aws:s3/bucket:Bucket", "orders"], ["aws:kms/key:Key", "orders"]), []).map(({ allow }) => allow),
  ).toEqual(["shop::aws:s3/bucket:Bucket::orders", "shop::aws:kms/key:Key::orders"]);
});

test("a name that fits two types lists both, and allows neither", () => {
  const plans = planOf(["aws:s3/bucket:Bucket", "orders"], ["aws:kms/key:Key", "orders"]);
  expect(() => guardedChanges(plans, ["shop::orders"])).toThrow(
    /more than one fits[^]*--allow shop::aws:s3\/bucket:Bucket::orders[^]*--allow shop::aws:kms\/key:Key::orders/,
  );
});

test("a name that fits nothing is an error, so that a typing mistake allows nothing and is seen", () => {
  expect(() => guardedChanges(planOf(["aws:s3/bucket:Bucket", "orders"]), ["shop::order"])).toThrow(
    /no guarded change has that name\. There are:\n {2}--allow shop::orders/,
  );
});

test("deletions that no plan made, as those of `down`, are allowed by the same names", () => {
  const change = { environment: "dev", project: "shop", urn: "urn:dev::orders", type: "aws:s3/bucket:Bucket", name: "orders" };
  expect(withLeave([change], ["shop::orders"])).toEqual([
    { environment: "dev", project: "shop", urn: "urn:dev::orders", allow: "shop::orders", allowed: true },
  ]);
  expect(() => withLeave([change], ["shop::ordres"])).toThrow(/--allow shop::ordres: no guarded change has that name/);
});
