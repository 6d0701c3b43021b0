import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyMaps } from "./arbitrary.ts";
import { applyDifferences, changedKeys, diff } from "./diff.ts";
import { equal } from "./equal.ts";
import { parsePath } from "./paths.ts";
import type { PropertyMap } from "./value.ts";
import { Secret, unknown } from "./value.ts";

describe("differences", () => {
  test("made to the old give the new", () => {
    fc.assert(
      fc.property(propertyMaps(), propertyMaps(), (old, next) => equal(applyDifferences(old, diff(old, next)), next)),
      { numRuns: 2000 },
    );
  });

  test("are none exactly when the two are equal", () => {
    fc.assert(fc.property(propertyMaps(), propertyMaps(), (old, next) => (diff(old, next).length === 0) === equal(old, next)));
  });

  test("of the reverse are the same places, with add and delete exchanged", () => {
    const reversed = { add: "delete", delete: "add", update: "update" };
    fc.assert(
      fc.property(propertyMaps(), propertyMaps(), (old, next) => {
        expect(diff(next, old).map(({ path, kind }) => [path, kind])).toEqual(
          diff(old, next).map(({ path, kind }) => [path, reversed[kind]]),
        );
      }),
    );
  });

  test("have one place each, whose printed path reads back", () => {
    fc.assert(
      fc.property(propertyMaps(), propertyMaps(), (old, next) => {
        const differences = diff(old, next);
        expect(new Set(differences.map(({ path }) => path)).size).toBe(differences.length);
        for (const { path, keys } of differences) expect(parsePath(path)).toEqual(keys);
      }),
    );
  });

  test("go as deep as they can, in sorted order, with Pulumi's paths", () => {
    const old: PropertyMap = {
      rules: [{ port: 80, open: true }, { port: 443 }],
      name: "web",
      tags: { "app.io/part": "a", Old: "x" },
    };
    const next: PropertyMap = { rules: [{ port: 8080, open: true }], tags: { "app.io/part": "b", New: { a: 1 } }, name: "web" };
    expect(diff(old, next).map(({ path, kind, old: before, new: after }) => [path, kind, before, after])).toEqual([
      ["rules[0].port", "update", 80, 8080],
      ["rules[1]", "delete", { port: 443 }, undefined],
      ["tags.New", "add", undefined, { a: 1 }],
      ["tags.Old", "delete", "x", undefined],
      ['tags["app.io/part"]', "update", "a", "b"],
    ]);
    expect(changedKeys(diff(old, next))).toEqual(["rules", "tags"]);
  });

  test("take a change to or from null for an addition or a deletion", () => {
    expect(diff({ a: null, b: 1 }, { a: 1, b: null }).map(({ path, kind }) => [path, kind])).toEqual([
      ["a", "add"],
      ["b", "delete"],
    ]);
    expect(diff({ list: [null] }, { list: [1] })[0]).toMatchObject({ path: "list[0]", kind: "update" });
    expect(diff({ list: [] }, { list: [null] })[0]).toMatchObject({ path: "list[0]", kind: "add" });
  });

  test("never look inside a secret, not even for its keys", () => {
    expect(diff({ a: new Secret({ user: "x" }) }, { a: new Secret({ user: "y" }) })).toEqual([
      { path: "a", keys: ["a"], kind: "update", old: new Secret({ user: "x" }), new: new Secret({ user: "y" }) },
    ]);
    expect(JSON.stringify(diff({ a: new Secret("hush") }, { a: new Secret("hash") }))).not.toMatch(/h[ua]sh/);
  });

  test("hold an unknown for a change from everything but an unknown", () => {
    expect(diff({ a: { b: 1 } }, { a: unknown }).map(({ path, kind }) => [path, kind])).toEqual([["a", "update"]]);
    expect(diff({ a: unknown }, { a: unknown })).toEqual([]);
  });
});
