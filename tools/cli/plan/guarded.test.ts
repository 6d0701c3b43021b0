import { describe, expect, test } from "vitest";
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
    /more than one fits[^]*--allow shop::aws:kms\/key:Key::orders[^]*--allow shop::aws:s3\/bucket:Bucket::orders/,
  );
});

test("a name that fits nothing is an error, so that a typing mistake allows nothing and is seen", () => {
  expect(() => guardedChanges(planOf(["aws:s3/bucket:Bucket", "orders"]), ["shop::order"])).toThrow(
    /no guarded change has that name\. There are:\n {2}--allow shop::orders/,
  );
});

describe("two of one type and name, under two components", () => {
  const buckets = ["A", "B"].map((component) => {
    const urn = `urn:pulumi:production::shop::${component}$aws:s3/bucket:Bucket::logs`;
    return { environment: "production", project: "shop", urn, type: "aws:s3/bucket:Bucket", name: "logs" };
  });

  test("are two decisions: a name that fits both allows neither, and lists their URNs, quoted for a shell", () => {
    for (const name of ["shop::logs", "shop::aws:s3/bucket:Bucket::logs"])
      expect(() => withLeave(buckets, [name])).toThrow(
        /more than one fits[^]*--allow 'urn:pulumi:production::shop::A\$[^']*::logs'\n {2}--allow 'urn:[^']*B\$/,
      );
  });

  test("are allowed each by its URN, which is what the report says to write", () => {
    expect(withLeave(buckets, []).map(({ allow }) => allow)).toEqual(buckets.map(({ urn }) => urn));
    expect(withLeave(buckets, [buckets[0]!.urn]).map(({ allowed }) => allowed)).toEqual([true, false]);
  });

  test("in two environments are one, which one name allows", () => {
    const [one] = buckets as [(typeof buckets)[number]];
    const other = { ...one, environment: "dev", urn: one.urn.replace("production", "dev") };
    expect(withLeave([one, other], ["shop::logs"]).map(({ allowed }) => allowed)).toEqual([true, true]);
    expect(withLeave([one, other], [one.urn]).map(({ allowed }) => allowed)).toEqual([true, false]);
  });
});

test("deletions that no plan made, as those of `down`, are allowed by the same names", () => {
  const change = { environment: "dev", project: "shop", urn: "urn:dev::orders", type: "aws:s3/bucket:Bucket", name: "orders" };
  expect(withLeave([change], ["shop::orders"])).toEqual([
    { environment: "dev", project: "shop", urn: "urn:dev::orders", allow: "shop::orders", allowed: true },
  ]);
  expect(() => withLeave([change], ["shop::ordres"])).toThrow(/--allow shop::ordres: no guarded change has that name/);
});
