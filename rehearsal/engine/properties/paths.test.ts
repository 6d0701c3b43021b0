import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyMaps, propertyValues } from "./arbitrary.ts";
import { equal } from "./equal.ts";
import type { PropertyPath } from "./paths.ts";
import { contains, deleteAt, expand, getAt, matches, parsePath, printPath, setAt } from "./paths.ts";
import type { PropertyMap } from "./value.ts";
import { Secret } from "./value.ts";

/** Pulumi's own examples (sdk/go/common/resource, property paths), with what they mean and how Pulumi prints them. */
const examples: [text: string, path: PropertyPath, printed?: string][] = [
  ["root", ["root"]],
  ["root.nested", ["root", "nested"]],
  ['root["nested"]', ["root", "nested"], "root.nested"],
  ["root.double.nest", ["root", "double", "nest"]],
  ['root["double"].nest', ["root", "double", "nest"], "root.double.nest"],
  ["root.array[0]", ["root", "array", 0]],
  ["root.array[0][1].nested", ["root", "array", 0, 1, "nested"]],
  ['root["key with \\"escaped\\" quotes"]', ["root", 'key with "escaped" quotes']],
  ['["root key with a ."][100]', ["root key with a .", 100]],
  ["root.array[*].field", ["root", "array", "*", "field"], 'root.array["*"].field'],
  ['root.array["*"].field', ["root", "array", "*", "field"]],
  ['tags["kubernetes.io/role/elb"]', ["tags", "kubernetes.io/role/elb"]],
  ["root.[0]", ["root", 0], "root[0]"],
];

describe("property paths", () => {
  test.each(examples)("%s reads as Pulumi reads it and prints as Pulumi prints it", (text, path, printed) => {
    expect(parsePath(text)).toEqual(path);
    expect(printPath(path)).toBe(printed ?? text);
  });

  test("read back as they were printed", () => {
    const paths = fc.array(fc.oneof(fc.string(), fc.constantFrom("a", "\\", '"', '\\"', "*", "", "]"), fc.nat()), {
      minLength: 1,
    });
    fc.assert(
      fc.property(paths, (path) => {
        expect(parsePath(printPath(path))).toEqual(path);
      }),
    );
  });

  test.each([
    ["", /character 1: a path starts with a name/],
    [".a", /character 1: a path starts with a name/],
    ["a.", /character 3: a name or an index must follow the dot/],
    ["a..b", /character 3: a name is missing/],
    ["a[0", /character 2: the bracket is not closed/],
    ["a[-1]", /an index is a number or \*/],
    ["a[b]", /a key is quoted: \["b"\]/],
    ['a["b', /the quote is not closed/],
    ['a["b\\', /the quote is not closed/],
    ['a["b"', /the bracket is not closed/],
  ])("refuse %j, saying where and what is allowed", (text, message) => {
    expect(() => parsePath(text)).toThrow(message);
    expect(() => parsePath(text)).toThrow(/Paths look like tags\.Name/);
  });

  test("contain what is below them; a star stands for one key or index", () => {
    const cases: [pattern: string, path: string, contained: boolean, matched: boolean][] = [
      ["tags", "tags.Name", true, false],
      ["tags.Name", "tags.Name", true, true],
      ["tags.Name", "tags", false, false],
      ["*", "tags.Name", true, false],
      ["rules[*].port", "rules[3].port", true, true],
      ["rules[*].port", "rules[3].protocol", false, false],
      ["rules[0]", 'rules["0"]', false, false],
      ["a.*", "a.b", true, true],
    ];
    for (const [pattern, path, contained, matched] of cases) {
      expect([pattern, path, contains(parsePath(pattern), parsePath(path))]).toEqual([pattern, path, contained]);
      expect([pattern, path, matches(parsePath(pattern), parsePath(path))]).toEqual([pattern, path, matched]);
    }
  });

  test("expand to what exists, through secrets", () => {
    const value: PropertyMap = { rules: [{ port: 1 }, {}, new Secret({ port: 3 })], name: "x" };
    expect(expand(value, parsePath("rules[*].port")).map(printPath)).toEqual(["rules[0].port", "rules[2].port"]);
    expect(expand(value, parsePath("*")).map(printPath)).toEqual(["name", "rules"]);
    expect(expand(value, parsePath("none[*].port"))).toEqual([]);
  });
});

describe("values at paths", () => {
  test("are what was set there, and everything else is as it was", () => {
    fc.assert(
      fc.property(propertyMaps({ secrets: false }), propertyValues(), (map, part) => {
        const before = structuredClone({ ...map, place: { list: [1, 2] } });
        const after = setAt({ ...map, place: { list: [1, 2] } }, ["place", "list", 3], part);
        expect(getAt(after, ["place", "list"])).toEqual([1, 2, null, part]);
        expect(equal(deleteAt(after, ["place"]), deleteAt(map, ["place"]))).toBe(true);
        expect(Object.keys(before)).toEqual(Object.keys({ ...map, place: 0 }));
      }),
    );
  });

  test("are never set in place: the value given stays as it is", () => {
    const value = { a: { b: [1, 2] } };
    setAt(value, ["a", "b", 0], 9);
    deleteAt(value, ["a", "b", 0]);
    expect(value).toEqual({ a: { b: [1, 2] } });
  });

  test("stay secret when a part of a secret is changed", () => {
    expect(setAt({ a: new Secret({ b: 1 }) }, ["a", "b"], 2)).toEqual({ a: new Secret({ b: 2 }) });
    expect(deleteAt({ a: new Secret({ b: 1, c: 2 }) }, ["a", "b"])).toEqual({ a: new Secret({ c: 2 }) });
  });

  test("are not set inside something that is no map or list", () => {
    expect(() => setAt({ a: "text" }, ["a", "b"], 1)).toThrow(/is not a map/);
    expect(() => setAt({ a: { b: 1 } }, ["a", 0], 1)).toThrow(/is not a list/);
  });

  test("deleting from a list moves the later ones down; deleting nothing gives the same value", () => {
    expect(deleteAt({ a: [1, 2, 3] }, ["a", 1])).toEqual({ a: [1, 3] });
    const value = { a: 1 };
    expect(deleteAt(value, ["b", "c"])).toBe(value);
  });
});
