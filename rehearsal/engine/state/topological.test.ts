import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ResourceState } from "../types.ts";
import { names, resource, urnOf } from "./testing.ts";
import { DependencyCycleError, neededUrns, topological } from "./topological.ts";

describe("topological order", () => {
  const needing: Record<string, (urn: string) => Partial<ResourceState>> = {
    "a dependency": (urn) => ({ dependencies: [urn] }),
    "a property dependency": (urn) => ({ propertyDependencies: { size: [urn] } }),
    "a parent": (urn) => ({ parent: urn }),
    "a provider": (urn) => ({ provider: `${urn}::some-id` }),
    deletedWith: (urn) => ({ deletedWith: urn }),
  };

  test.each(Object.entries(needing))("puts %s before what needs it", (_, need) => {
    const order = topological([resource("user", need(urnOf("needed"))), resource("needed")]);
    expect(names(order)).toEqual(["needed", "user"]);
  });

  test("has each live entry once and after all it needs, whatever the order before", () => {
    fc.assert(
      fc.property(graphs(), (resources) => {
        const order = topological(resources);
        expect(names(order).toSorted()).toEqual(names(resources).toSorted());
        const place = new Map(order.filter((entry) => !entry.delete).map((entry) => [entry.urn, order.indexOf(entry)]));
        for (const entry of order.filter((live) => !live.delete)) {
          for (const urn of neededUrns(entry)) expect(place.get(urn) ?? -1).toBeLessThan(order.indexOf(entry));
        }
      }),
    );
  });

  test("leaves in place what is in order, and gives the same order for the same input", () => {
    fc.assert(
      fc.property(graphs(), (resources) => {
        const order = topological(resources);
        expect(names(topological(order))).toEqual(names(order));
        expect(names(topological(resources))).toEqual(names(order));
      }),
    );
  });

  test("puts an entry that waits for deletion before what may still use it and after what it used", () => {
    const order = topological([
      resource("user", { dependencies: [urnOf("replaced")] }),
      resource("replaced", { generation: 1 }),
      resource("replaced", { generation: 0, delete: true, dependencies: [urnOf("base")] }),
      resource("base"),
    ]);
    expect(names(order)).toEqual(["replaced", "base", "(replaced)", "user"]);
  });

  test("takes a turned dependency for no circle, when only what waits for deletion still has the old direction", () => {
    const order = topological([
      resource("a", { generation: 1, dependencies: [urnOf("b")] }),
      resource("b", { generation: 1 }),
      resource("a", { delete: true }),
      resource("b", { delete: true, dependencies: [urnOf("a")] }),
    ]);
    expect(names(order).filter((name) => !name.startsWith("("))).toEqual(["b", "a"]);
    expect(names(order).filter((name) => name.startsWith("("))).toEqual(["(a)", "(b)"]);
  });

  test("does not mind a need that is not there, or of itself", () => {
    expect(names(topological([resource("a", { dependencies: [urnOf("gone"), urnOf("a")] })]))).toEqual(["a"]);
  });

  test("reports a circle with the resources on it and what to do", () => {
    const circle = [
      resource("base"),
      resource("a", { dependencies: [urnOf("c"), urnOf("base")] }),
      resource("b", { parent: urnOf("a") }),
      resource("c", { dependencies: [urnOf("b")] }),
    ];
    const found = catchError(() => topological(circle));
    expect(found).toBeInstanceOf(DependencyCycleError);
    expect((found as DependencyCycleError).cycle.toSorted()).toEqual([urnOf("a"), urnOf("b"), urnOf("c")]);
    expect((found as Error).message).toContain(`${urnOf("a")} → ${urnOf("c")} → ${urnOf("b")} → ${urnOf("a")}`);
  });

  test("follows a chain of 20 000 without running out of stack", () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => resource(`r${i}`, { dependencies: [urnOf(`r${i + 1}`)] }));
    expect(topological(chain)[0]!.name).toBe("r19999");
  });
});

/** Resources without circles among the live ones, some waiting for deletion with needs of any kind, shuffled. */
function graphs(): fc.Arbitrary<ResourceState[]> {
  return fc
    .array(
      fc.record({
        needs: fc.array(fc.nat({ max: 9 }), { maxLength: 3 }),
        old: fc.option(fc.array(fc.nat({ max: 9 }), { maxLength: 3 })),
      }),
      {
        maxLength: 8,
      },
    )
    .chain((nodes) => {
      const entries = nodes.flatMap(({ needs, old }, i) => {
        const live = resource(`r${i}`, { generation: 1, dependencies: needs.filter((n) => n < i).map((n) => urnOf(`r${n}`)) });
        return old === null ? [live] : [live, resource(`r${i}`, { delete: true, dependencies: old.map((n) => urnOf(`r${n}`)) })];
      });
      return fc.shuffledSubarray(entries, { minLength: entries.length });
    });
}

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
