import { expect, test } from "vitest";
import { type PropertyMap, Secret } from "@fairway/engine";
import { propertyChanges } from "./changes.ts";
import { planComment } from "./markdown/comment.ts";
import { planOf } from "./testing/plans.ts";
import { planToJson, type PlanView } from "./view.ts";

const updated = { kind: "update" as const, replace: false, known: "modelled" as const };

/** A plan in which a resource's inputs change at a path. */
function viewOf(path: string, oldInputs: PropertyMap, newInputs: PropertyMap): PlanView {
  const step = { op: "update" as const, oldInputs, newInputs, detailedDiff: { [path]: updated } };
  const plan = planOf([{ type: "x:y:Z", name: "it", inputs: newInputs, step }]);
  return { environments: [{ name: "production", stacks: [plan] }], guarded: [], strict: true };
}

test.each<[string, string, PropertyMap, PropertyMap]>([
  ["becomes secret", "password", { password: "hunter2" }, { password: new Secret("hunter3") }],
  ["is secret no more", "password", { password: new Secret("hunter3") }, { password: "hunter2" }],
  ["becomes secret, the same", "password", { password: "hunter2" }, { password: new Secret("hunter2") }],
  ["lies in something secret", "env.TOKEN", { env: new Secret({ TOKEN: "hunter2" }) }, { env: new Secret({ TOKEN: "hunter3" }) }],
  [
    "lies in something that becomes secret",
    "env.TOKEN",
    { env: { TOKEN: "hunter2" } },
    { env: new Secret({ TOKEN: "hunter3" }) },
  ],
])("a value that %s is told on neither side, in no format", (_, path, before, after) => {
  const view = viewOf(path, before, after);
  expect(propertyChanges(view.environments[0]!.stacks[0]!.steps[0]!)).toMatchObject([{ before: "[secret]", after: "[secret]" }]);
  const printed = [JSON.stringify(planToJson(view)), planComment(view, { head: "a", command: ["npx fairway plan"] })];
  for (const text of printed) expect(text).not.toMatch(/hunter/);
});
