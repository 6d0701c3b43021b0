import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyMaps } from "./arbitrary.ts";
import { diff } from "./diff.ts";
import { equal } from "./equal.ts";
import { ignoreChanges } from "./ignore-changes.ts";
import { contains, printPath } from "./paths.ts";
import type { PropertyMap } from "./value.ts";
import { Secret } from "./value.ts";

describe("ignoreChanges", () => {
  test("of every changed path in maps gives the old inputs back", () => {
    fc.assert(
      fc.property(propertyMaps({ secrets: false }), propertyMaps({ secrets: false }), (old, next) => {
        const topLevel = [...new Set(diff(old, next).map(({ keys }) => printPath([keys[0]!])))];
        expect(equal(ignoreChanges(old, next, topLevel), old)).toBe(true);
      }),
    );
  });

  test("leaves no difference below an ignored path and does not touch the others", () => {
    fc.assert(
      fc.property(propertyMaps(), propertyMaps(), fc.nat(), (old, next, pick) => {
        const differences = diff(old, next);
        if (differences.length === 0) return;
        const ignored = [differences[pick % differences.length]!.keys[0]!];
        const left = diff(old, ignoreChanges(old, next, [printPath(ignored)]));
        expect(left).toEqual(differences.filter(({ keys }) => !contains(ignored, keys)));
      }),
    );
  });

  test("is idempotent, and its paths may come in any order", () => {
    const paths = fc.subarray(["a", "b.a", "tags.b", '["odd key"].a', "*"]);
    fc.assert(
      fc.property(propertyMaps(), propertyMaps(), paths, (old, next, ignored) => {
        const once = attempt(() => ignoreChanges(old, next, ignored));
        const reversed = attempt(() => ignoreChanges(old, next, ignored.toReversed()));
        if (once === undefined || reversed === undefined) return;
        expect(equal(once, reversed)).toBe(true);
        expect(equal(ignoreChanges(old, once, ignored), once)).toBe(true);
      }),
    );
  });

  test("changes nothing when nothing changed, whatever the paths", () => {
    const paths = fc.subarray(["a", "a.b.c", "b[0].a", "b[1]", "tags[*]", "none.at.all"]);
    fc.assert(
      fc.property(propertyMaps({ secrets: false }), paths, (inputs, ignored) => {
        const kept = attempt(() => ignoreChanges(inputs, inputs, ignored));
        return kept === undefined || equal(kept, inputs);
      }),
    );
  });

  const cases: [what: string, old: PropertyMap, next: PropertyMap, path: string, kept: PropertyMap][] = [
    ["takes the old value", { a: 1 }, { a: 2 }, "a", { a: 1 }],
    ["puts back what is gone", { a: 1 }, {}, "a", { a: 1 }],
    ["takes out what the old inputs lack", {}, { a: 1, b: 2 }, "a", { b: 2 }],
    ["reaches into maps", { tags: { a: 1, b: 1 } }, { tags: { a: 2, b: 2 } }, "tags.a", { tags: { a: 1, b: 2 } }],
    [
      "reaches into lists by index",
      { r: [{ p: 1 }, { p: 2 }] },
      { r: [{ p: 8 }, { p: 9 }] },
      "r[1].p",
      { r: [{ p: 8 }, { p: 2 }] },
    ],
    [
      "reaches all elements by a star",
      { r: [{ p: 1 }, { p: 2 }] },
      { r: [{ p: 8, q: 1 }, { p: 9 }] },
      "r[*].p",
      { r: [{ p: 1, q: 1 }, { p: 2 }] },
    ],
    ["resets a whole map by a star", { t: { a: 1 } }, { t: { a: 2, b: 2 } }, "t.*", { t: { a: 1 } }],
    ["resets all inputs by a star alone", { a: 1 }, { a: 2, b: 2 }, "*", { a: 1 }],
    [
      "leaves new keys alone when a star is on the way",
      { m: { x: { p: 1 } } },
      { m: { x: { p: 2 }, y: { p: 3 } } },
      "m.*.p",
      { m: { x: { p: 1 }, y: { p: 3 } } },
    ],
    ["has nothing to do for an index in neither", { r: [1] }, { r: [2] }, "r[5]", { r: [2] }],
    ["has nothing to do where the path leads nowhere in both", { a: 1 }, { b: 2 }, "x.y.z", { b: 2 }],
    [
      "looks through a secret and leaves it one",
      { s: new Secret({ a: 1 }) },
      { s: new Secret({ a: 2, b: 2 }) },
      "s.a",
      { s: new Secret({ a: 1, b: 2 }) },
    ],
    [
      "keeps what comes out of a secret secret",
      { s: new Secret({ a: 1, b: 1 }) },
      { s: { a: 2, b: 2 } },
      "s.a",
      { s: { a: new Secret(1), b: 2 } },
    ],
    ["marks nothing twice inside a secret", { s: { a: 1 } }, { s: new Secret({ a: 2 }) }, "s.a", { s: new Secret({ a: 1 }) }],
  ];
  test.each(cases)("%s", (_, old, next, path, kept) => {
    const before = structuredClone(next);
    expect(ignoreChanges(old, next, [path])).toEqual(kept);
    expect(Object.keys(next)).toEqual(Object.keys(before));
  });

  test.each<[old: PropertyMap, next: PropertyMap, path: string]>([
    [{ a: { b: 1 } }, {}, "a.b"],
    [{ a: { b: 1 } }, { a: 1 }, "a.b"],
    [{ r: [1, 2] }, { r: [1] }, "r[1]"],
    [{ r: [1] }, { r: [1, 2] }, "r[*]"],
    [{ r: [{ p: 1 }] }, { r: [] }, "r[0].p"],
    [{ m: { x: { p: 1 } } }, { m: {} }, "m.*.p"],
  ])("refuses %j → %j at %s, since it never makes what is on the way", (old, next, path) => {
    expect(() => ignoreChanges(old, next, ["fine", path])).toThrow(`ignoreChanges can't keep the old value of "${path}":`);
  });

  test("refuses a path that can't be read", () => {
    expect(() => ignoreChanges({}, {}, ["tags["])).toThrow(/property path "tags\["/);
  });
});

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
