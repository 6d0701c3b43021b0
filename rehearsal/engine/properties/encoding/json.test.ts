import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyMaps } from "../arbitrary.ts";
import { containsSecret, equal, secretTexts } from "../equal.ts";
import { Asset, ResourceReference, Secret, unknown } from "../value.ts";
import { fromJson, toJson } from "./json.ts";

/** Not encryption, but enough to see what went through it. */
const encrypt = (text: string) => `sealed ${Buffer.from(text).toString("hex")}`;
const decrypt = (text: string) => Buffer.from(text.replace("sealed ", ""), "hex").toString();

describe("properties as JSON", () => {
  test("come back as they went, through text", () => {
    fc.assert(
      fc.property(propertyMaps({ unknowns: false }), (map) => {
        const text = JSON.stringify(toJson(map, encrypt));
        expect(equal(fromJson(JSON.parse(text) as never, decrypt), map)).toBe(true);
      }),
    );
  });

  test("show no text of a secret, and pass nothing else through encryption", () => {
    fc.assert(
      fc.property(propertyMaps({ unknowns: false }), (map) => {
        const sealed: string[] = [];
        const text = JSON.stringify(
          toJson({ map, password: new Secret("hush-hush") }, (plain) => (sealed.push(plain), encrypt(plain))),
        );
        expect(text).not.toContain("hush-hush");
        expect(secretTexts({ map, password: new Secret("hush-hush") })).toContain("hush-hush");
        expect(sealed.length > 1).toBe(containsSecret(map));
      }),
    );
  });

  test("keep references, assets and archives of archives whole", () => {
    const part = new Asset("asset", "00", { path: "a.txt" });
    const map = {
      vpc: new ResourceReference("urn:a", "i-1", "1.2.3"),
      component: new ResourceReference("urn:b", undefined),
      bundle: new Asset("archive", "22", { assets: { a: part, inner: new Asset("archive", "11", { assets: { a: part } }) } }),
    };
    expect(fromJson(toJson(map, encrypt), decrypt)).toEqual(map);
  });

  test("are refused where they hold what state can't keep, naming the property", () => {
    expect(() => toJson({ a: [{ "b.c": unknown }] }, encrypt)).toThrow('property "a[0]["b.c"]" is unknown');
    expect(() => toJson({ a: new Secret([unknown]) }, encrypt)).toThrow('property "a[0]" is unknown');
    expect(() => toJson({ a: new ResourceReference("urn:a", unknown) }, encrypt)).toThrow(
      'property "a" refers to a resource whose id is unknown',
    );
    expect(() => toJson({ a: Number.POSITIVE_INFINITY }, encrypt)).toThrow(
      'property "a" is Infinity: state keeps finite numbers only',
    );
    expect(() => toJson({ a: { "4dabf18193072939515e22adb298388d": "x" } }, encrypt)).toThrow(/which Pulumi keeps for itself/);
  });

  test("of another kind than this version knows are refused", () => {
    expect(() => fromJson({ a: { "4dabf18193072939515e22adb298388d": "00" } }, decrypt)).toThrow(
      /signature "00", which this version does not know/,
    );
  });
});
