import { describe, expect, test } from "vitest";
import { found, parsed, secret, texts, unknown } from "./values.ts";

describe("a value is unknown", () => {
  test.each([
    ["policy", "policy", true],
    ["spec.replicas", "spec", true],
    ["spec", "spec.replicas", true],
    ["rules[0].port", "rules", true],
    ["rules", "rules[0].port", true],
    ["policyArn", "policy", false],
    ["policy", "policyArn", false],
    ["rules[1]", "rules[10]", false],
    ["spec.replicas", "spec.template", false],
  ])("with %s unknown: %s is %s", (path, asked, expected) => {
    expect(unknown({ unknowns: [path] }, asked)).toBe(expected);
  });
});

test("a value is secret when it, or what holds it, is: not when only a part of it is", () => {
  expect(secret({ secrets: ["data"] }, "data.TOKEN")).toBe(true);
  expect(secret({ secrets: ["data.TOKEN"] }, "data.TOKEN")).toBe(true);
  expect(secret({ secrets: ["data.TOKEN"] }, "data")).toBe(false);
});

test("every text in a value is found, with the path that a plan would write", () => {
  expect(found({ a: ["x", { "b-c": "y" }], n: 1, z: null }, (text) => (text === "none" ? undefined : text))).toEqual([
    { path: "a[0]", what: "x" },
    { path: 'a[1]["b-c"]', what: "y" },
  ]);
  expect(found(["none"], () => undefined)).toEqual([]);
});

test("a document that is no JSON is none", () => {
  expect(parsed('{"a":1}')).toEqual({ a: 1 });
  expect(parsed("{a}")).toBeUndefined();
});

test("one text and a list of texts are read alike", () => {
  expect([texts("a"), texts(["a", "b", null]), texts(undefined)]).toEqual([["a"], ["a", "b"], []]);
});
