import { describe, expect, test } from "vitest";
import { ResourceReference, Secret, unknown, type Operation, type PropertyMap, type Step } from "@fairway/engine";
import { joinPasses } from "./passes.ts";

function step(op: Operation, name: string, newInputs: PropertyMap = {}, change: Partial<Step> = {}): Step {
  const type = change.type ?? "toy:index:Box";
  const urn = `urn:pulumi:production::shop::${type}::${name}`;
  return {
    op,
    urn,
    type: "toy:index:Box",
    name,
    newInputs,
    replaceKeys: [],
    detailedDiff: {},
    why: "",
    known: "modelled",
    provider: false,
    ...change,
  };
}

describe("a plan's two passes", () => {
  test("agree when the update does what the preview showed", () => {
    const { steps, findings } = joinPasses([step("create", "a", { size: 1 })], [step("create", "a", { size: 1 })]);
    expect(findings).toEqual([]);
    expect(steps.map(({ op, settlesAs }) => [op, settlesAs])).toEqual([["create", undefined]]);
  });

  test("may differ where the preview said that it does not know", () => {
    const { findings } = joinPasses(
      [step("create", "a", { id: unknown, deep: [{ id: unknown }] })],
      [step("create", "a", { id: "i-1", deep: [{ id: "i-2" }] })],
    );
    expect(findings).toEqual([]);
  });

  test("may differ in the id of a resource that is passed on before it is made", () => {
    const holding = (id: ResourceReference["id"]) => ({ vpc: new Secret(new ResourceReference("urn:vpc", id)) });
    const { findings } = joinPasses([step("create", "a", holding(unknown))], [step("create", "a", holding("vpc-1"))]);
    expect(findings).toEqual([]);
  });

  test("a resource that the preview deletes and the update keeps is found", () => {
    const { findings } = joinPasses([step("delete", "a")], [step("same", "a")]);
    expect(findings).toMatchObject([{ kind: "not-in-preview", message: expect.stringContaining("::a is ") }]);
  });

  test("an update that does more than the preview announced is found", () => {
    const { findings } = joinPasses([step("update", "a")], [step("replace", "a"), step("create-replacement", "a")]);
    expect(findings).toMatchObject([
      { kind: "differs", message: expect.stringMatching(/::a: the preview announces update, and the update does replace/) },
    ]);
  });

  test("show what was managed and is only read now, with its guard", () => {
    const steps = [step("read-replacement", "a", {}, { guarded: "data" }), step("delete-replaced", "a")];
    expect(joinPasses(steps, steps).steps).toMatchObject([{ op: "read-replacement", guarded: "data" }]);
  });

  test("show what goes before a replacement and is not declared any more as the deletion that it is", () => {
    const steps = [step("delete-replaced", "a", {}, { guarded: "data" })];
    expect(joinPasses(steps, steps)).toMatchObject({ steps: [{ op: "delete", guarded: "data" }], findings: [] });
  });

  test("a value that the preview knew and the update changes is found, by path", () => {
    const { findings } = joinPasses(
      [step("create", "a", { tags: { at: "10:00" } })],
      [step("create", "a", { tags: { at: "10:01" } })],
    );
    expect(findings).toMatchObject([
      { kind: "differs", message: expect.stringMatching(/::a: tags\.at has one value in the preview and another/) },
    ]);
  });

  test("a resource that only the update makes is found, with its parent and what that waited for", () => {
    const parent = step("create", "certificate", { domain: unknown }, { type: "toy:index:Certificate" });
    const child = step("create", "certificate-proof", {}, { type: "toy:index:Certificate$toy:index:Record" });
    const { findings } = joinPasses([parent], [parent, child]);
    expect(findings).toMatchObject([
      {
        kind: "not-in-preview",
        message: expect.stringMatching(
          /Record::certificate-proof.*its parent is .*Certificate::certificate, where domain is not known before the update/,
        ),
      },
    ]);
  });

  test("the preview's operation is shown, and what the update does where that is less", () => {
    const { steps } = joinPasses(
      [step("replace", "a", { vpc: unknown }), step("create-replacement", "a")],
      [step("same", "a", { vpc: "vpc-1" })],
    );
    expect(steps.map(({ op, settlesAs }) => [op, settlesAs])).toEqual([["replace", "same"]]);
  });

  test("steps come sorted by URN, whatever the order of registration", () => {
    const names = ["c", "a", "b"];
    const { steps } = joinPasses(
      names.map((name) => step("create", name)),
      names.map((name) => step("create", name)),
    );
    expect(steps.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  });
});
