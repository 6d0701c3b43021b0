import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyMaps, propertyValues } from "./arbitrary.ts";
import { containsSecret, containsUnknown, equal, markSecret, secretTexts, unwrapSecrets } from "./equal.ts";
import type { PropertyMap } from "./value.ts";
import { Asset, ResourceReference, Secret, unknown } from "./value.ts";

describe("equal", () => {
  test("holds between a value and a copy of it", () => {
    fc.assert(fc.property(propertyMaps(), (map) => equal(map, structuredCopy(map))));
  });

  test("is symmetric", () => {
    fc.assert(fc.property(propertyValues(), propertyValues(), (a, b) => equal(a, b) === equal(b, a)));
  });

  test("is transitive", () => {
    const small = propertyValues();
    fc.assert(
      fc.property(small, small, small, (a, b, c) => !(equal(a, b) && equal(b, c)) || equal(a, c)),
      { numRuns: 1000 },
    );
  });

  test("takes null in a map for absence, but not in a list", () => {
    expect(equal({ a: 1, b: null }, { a: 1 })).toBe(true);
    expect(equal([1, null], [1])).toBe(false);
  });

  test("tells a secret from the same value in the open, so that a change of secretness is written", () => {
    expect(equal(new Secret("x"), "x")).toBe(false);
    expect(equal({ a: new Secret({ b: 1 }) }, { a: new Secret({ b: 1 }) })).toBe(true);
  });

  test("does not look at the package's version of a reference, so an SDK bump changes nothing", () => {
    expect(equal(new ResourceReference("urn:a", "i-1", "1.0.0"), new ResourceReference("urn:a", "i-1", "2.0.0"))).toBe(true);
    expect(equal(new ResourceReference("urn:a", "i-1"), new ResourceReference("urn:a", "i-2"))).toBe(false);
    expect(equal(new ResourceReference("urn:a", "i-1"), new ResourceReference("urn:a", unknown))).toBe(false);
  });

  test("compares assets by content, wherever it comes from", () => {
    expect(equal(new Asset("asset", "00", { path: "a.txt" }), new Asset("asset", "00", { text: "hello" }))).toBe(true);
    expect(equal(new Asset("asset", "00", { path: "a.txt" }), new Asset("asset", "11", { path: "a.txt" }))).toBe(false);
    expect(equal(new Asset("asset", "00", {}), new Asset("archive", "00", {}))).toBe(false);
  });

  test("is not fooled by keys that every object inherits", () => {
    expect(equal({ constructor: "x" } as PropertyMap, {})).toBe(false);
    expect(equal({}, { toString: "x" } as unknown as PropertyMap)).toBe(false);
    expect(equal(JSON.parse('{"__proto__": 1}') as PropertyMap, {})).toBe(false);
  });

  test("never takes different kinds for each other", () => {
    const kinds = [false, 0, "", [], {}, unknown, new Secret({}), new ResourceReference("", ""), new Asset("asset", "", {})];
    for (const a of kinds) expect(kinds.filter((b) => equal(a, b))).toEqual([a]);
  });
});

describe("secrets", () => {
  test("are all gone after unwrapping, and unwrapping again changes nothing", () => {
    fc.assert(
      fc.property(propertyMaps(), (map) => {
        const open = unwrapSecrets(map);
        expect(containsSecret(open)).toBe(false);
        expect(unwrapSecrets(open)).toBe(open);
      }),
    );
  });

  test("are one mark around the whole after marking", () => {
    fc.assert(
      fc.property(propertyMaps(), (map) => {
        const marked = markSecret(map);
        expect(containsSecret(marked.value)).toBe(false);
        expect(equal(unwrapSecrets(marked), unwrapSecrets(map))).toBe(true);
        expect(markSecret(marked)).toBe(marked);
      }),
    );
  });

  test("give their texts, at any depth and once each, and no text in the open", () => {
    const value = {
      open: "seen",
      password: new Secret("hush"),
      again: new Secret(["hush", { deep: "whisper", empty: "", port: 5432 }]),
      script: new Secret(new Asset("asset", "00", { text: "echo" })),
    };
    expect(secretTexts(value)).toEqual(["hush", "whisper", "echo"]);
  });
});

describe("unknowns", () => {
  test("are found inside lists, maps, secrets and references", () => {
    for (const value of [
      unknown,
      [1, unknown],
      { a: { b: unknown } },
      new Secret([unknown]),
      new ResourceReference("urn:a", unknown),
    ]) {
      expect(containsUnknown(value)).toBe(true);
    }
    expect(containsUnknown({ a: [1, "x", new Secret(null), new ResourceReference("urn:a", undefined)] })).toBe(false);
  });
});

/** A deep copy in which maps have their keys in the other order. */
function structuredCopy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(structuredCopy) as T;
  if (value instanceof Secret) return new Secret(structuredCopy(value.value)) as T;
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, structuredCopy(part)]),
  ) as T;
}
