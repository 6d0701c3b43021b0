import { expect, test } from "vitest";
import type { PlanView } from "../view.ts";
import { planOf } from "../testing/plans.ts";
import { exitCodeOf, verdictOf } from "./verdict.ts";

const finding = { urn: "urn:pulumi:dev::shop::x:y:Z::z", kind: "differs" as const, message: "the update does more" };
const refusal = { environment: "dev", project: "shop", urn: "urn:pulumi:dev::shop::x:y:Z::z", allow: "shop::z", allowed: false };

/** What a plan comes to: its last sentence and its exit code. */
function judged({ findings = [], ...view }: Partial<PlanView> & { findings?: (typeof finding)[] }) {
  const whole: PlanView = {
    environments: [{ name: "dev", stacks: [{ ...planOf([]), findings }] }],
    guarded: [],
    strict: true,
    ...view,
  };
  return [verdictOf(whole).at(-1)?.text, exitCodeOf(whole)];
}

test("a refusal beside a finding names both, and exits as what no leave can lift", () => {
  expect(judged({ guarded: [refusal], findings: [finding] })).toEqual([
    "refused (1 guarded change, 1 finding). Nothing was changed.",
    1,
  ]);
});

test("a refusal alone exits 3, a finding alone 1, and says what a finding is", () => {
  expect(judged({ guarded: [refusal] })).toEqual(["refused (1 guarded change). Nothing was changed.", 3]);
  expect(judged({ findings: [finding] })).toEqual(["1 finding: an update would do what its preview does not show.", 1]);
});

test("findings stop nothing where they are only told", () => {
  expect(judged({ findings: [finding], strict: false })).toEqual(["Nothing dangerous found. Nothing was changed.", 0]);
});

test("a waiver that is past its day is named before the verdict", () => {
  const view: PlanView = {
    environments: [],
    guarded: [],
    strict: false,
    waivers: { expired: ["log-retention on shop::logs (platform) expired"], unused: [] },
  };
  expect(verdictOf(view).map(({ text }) => text)).toEqual([
    "  ! waiver log-retention on shop::logs (platform) expired",
    "refused (1 waiver). Nothing was changed.",
  ]);
  expect(exitCodeOf(view)).toBe(3);
});
