import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sortedJson } from "./json.ts";

/** The same value with the keys of every object in the opposite order. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, entry]) => [key, reversed(entry)]),
  );
};

describe("a JSON document", () => {
  test("is the same text in whatever order its keys were written", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => sortedJson(reversed(value)) === sortedJson(value)));
  });

  test("says the same as the value it was made from", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(sortedJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test("keeps the order of lists, which means something, and leaves out what is undefined", () => {
    expect(sortedJson({ b: ["z", "a"], a: undefined, A: { d: 1, c: 2 } })).toBe('{"A":{"c":2,"d":1},"b":["z","a"]}');
  });
});
