import { isMap, type PropertyMap, type PropertyValue, unknown } from "@fairway/engine";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kinds, schemaOf } from "../kinds.ts";
import { definitionName, definitionsOf, publishedSchemas, type Schema } from "./schema.ts";
import { validate } from "./validate.ts";
import { LISTED_VALUES } from "./values.ts";

const definitions = definitionsOf();
const schemas = [...kinds.values()].map((kind) => ({ name: kind.name, schema: schemaOf(kind) }));

/** All schemas below one. */
function within(schema: Schema): Schema[] {
  const { properties = {}, additionalProperties, items, oneOf = [] } = schema;
  const children = [...Object.values(properties), ...oneOf, ...(items ? [items] : [])];
  if (typeof additionalProperties === "object") children.push(additionalProperties);
  return [schema, ...children.flatMap(within)];
}

const everySchema = [...schemas.map(({ schema }) => schema), ...Object.values(definitions)].flatMap(within);

describe("the schemas", () => {
  test("say nothing that the validation does not understand", () => {
    const understood = ["$ref", "additionalProperties", "enum", "format", "items", "maxItems", "maximum", "minItems", "minimum"];
    understood.push("oneOf", "pattern", "properties", "required", "type", "x-kubernetes-list-map-keys", "x-kubernetes-list-type");
    const others = everySchema.flatMap((schema) => Object.keys(schema)).filter((keyword) => !understood.includes(keyword));
    expect([...new Set(others)]).toEqual([]);
    const formats = new Set(everySchema.flatMap(({ format }) => format ?? []));
    // int32 is checked here, byte by the rules of a Secret; int-or-string is spelled out; the others are times, and 64 bits.
    expect([...formats].sort()).toEqual(["byte", "date-time", "int32", "int64"]);
    const choices = everySchema.flatMap(({ oneOf = [] }) => oneOf.flatMap((choice) => Object.keys(choice)));
    expect(new Set(choices)).toEqual(new Set(["type"]));
  });

  test("refer to definitions that there are, and refuse unknown properties wherever they know any", () => {
    const missing = everySchema.flatMap(({ $ref }) => ($ref && !definitions[definitionName($ref)] ? $ref : []));
    expect(missing).toEqual([]);
    const open = everySchema.filter(({ properties, additionalProperties }) => properties && additionalProperties !== false);
    expect(open).toEqual([]);
  });

  test("are of all published kinds, and the listed values belong to properties that there are", () => {
    const known = schemas.map(({ name }) => name);
    expect(Object.keys(publishedSchemas().kinds).filter((name) => !known.includes(name))).toEqual([]);
    const properties = Object.entries(definitions).flatMap(([name, { properties: own = {} }]) =>
      Object.keys(own).map((property) => `${name}.${property}`),
    );
    expect(Object.keys(LISTED_VALUES).filter((property) => !properties.includes(property))).toEqual([]);
  });
});

describe("validation", () => {
  const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, code: { optimize: false } });
  const byName = Object.fromEntries(schemas.map(({ name, schema }) => [name.replaceAll(/[^A-Za-z0-9]/g, "-"), schema]));
  ajv.addSchema({ $id: "kubernetes", definitions: { ...definitions, ...byName } });

  // Compiling the largest takes ajv a quarter of a second: these have every keyword between them.
  const looked = [
    "apps/v1:Deployment",
    "networking.k8s.io/v1:NetworkPolicy",
    "v1:ResourceQuota",
    "v1:Service",
    "karpenter.sh/v1:NodePool",
  ];

  test.each(looked)("agrees with ajv on objects of %s, good and bad", (name) => {
    const { schema } = schemas.find((each) => each.name === name)!;
    const judge = ajv.getSchema(`kubernetes#/definitions/${name.replaceAll(/[^A-Za-z0-9]/g, "-")}`)!;
    /** What we refuse beyond JSON Schema. */
    const isMore = (reason: string) => /^has the same |^".*" is not allowed. Use one of |is out of range/.test(reason);
    const verdicts = new Set<boolean>();
    fc.assert(
      fc.property(objects(schema), (object) => {
        const good = judge(object);
        const found = validate(schema, object, definitions).filter(({ reason }) => !good || !isMore(reason));
        verdicts.add(good as boolean);
        expect(found.length === 0, `ajv: ${ajv.errorsText(judge.errors)}; here: ${JSON.stringify(found)}`).toBe(good);
      }),
      { numRuns: 300 },
    );
    expect(verdicts, "both verdicts were seen").toEqual(new Set([true, false]));
  });

  test("says where, what is wrong and what is allowed, and looks past what is not known", () => {
    const schema: Schema = {
      type: "object",
      properties: {
        count: { type: "integer", format: "int32" },
        names: { type: "array", items: { type: "string" }, "x-kubernetes-list-type": "set" },
        ports: {
          type: "array",
          items: { type: "object" },
          "x-kubernetes-list-type": "map",
          "x-kubernetes-list-map-keys": ["port", "protocol"],
        },
      },
      required: ["count"],
      additionalProperties: false,
    };
    const reasons = (object: PropertyMap) =>
      validate(schema, object, {}).map(({ path, reason }) => `${path.join(".")} ${reason}`);
    expect(reasons({ count: 2 ** 31 })).toEqual(["count 2147483648 is out of range. Use -2147483648 to 2147483647."]);
    expect(reasons({ cuont: 1 })).toEqual(["count is required. Set it.", "cuont there is no such property. Did you mean count?"]);
    expect(reasons({ count: 1, xyzzy: 1 })).toEqual(["xyzzy there is no such property. Allowed here: count, names, ports."]);
    expect(reasons({ count: 1, names: ["a", "b", "a"] })).toEqual([
      "names.2 has the same value as element 0. Each may be there once: remove or rename one.",
    ]);
    expect(reasons({ count: 1, ports: [{ port: 1 }, { port: 1, protocol: "TCP" }] })).toEqual([
      "ports.1 has the same port and protocol as element 0. Each may be there once: remove or rename one.",
    ]);
    expect(reasons({ count: unknown, names: [unknown, unknown], ports: unknown })).toEqual([]);
  });
});

/** Objects that mostly follow a schema: whole branches are left out, and here and there something is wrong. */
function objects(schema: Schema): fc.Arbitrary<PropertyMap> {
  return fc
    .tuple(valueOf(schema, 7), fc.option(fc.tuple(fc.nat(), fc.constantFrom(...WRONG)), { freq: 3 }))
    .map(([value, fault]) => {
      const object = (isMap(value) ? value : {}) as PropertyMap;
      if (!fault) return object;
      const places = mapsWithin(object);
      const place = places[fault[0] % places.length]!;
      const keys = Object.keys(place);
      return JSON.parse(
        JSON.stringify(object, (_key, each: PropertyValue) =>
          each === place ? { ...place, [keys[fault[0] % Math.max(keys.length, 1)] ?? "surplus"]: fault[1] } : each,
        ),
      ) as PropertyMap;
    });
}

const WRONG: PropertyValue[] = [1.5, true, "text", [], {}, [1], { surplus: 1 }];

function mapsWithin(value: PropertyValue): PropertyMap[] {
  if (Array.isArray(value)) return value.flatMap(mapsWithin);
  return isMap(value) ? [value, ...Object.values(value).flatMap(mapsWithin)] : [];
}

function valueOf(given: Schema, depth: number): fc.Arbitrary<PropertyValue> {
  const schema = given.$ref ? definitions[definitionName(given.$ref)]! : given;
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.oneOf) return fc.oneof(...schema.oneOf.map((choice) => valueOf(choice, depth)));
  const type = [schema.type ?? "string"].flat().find((each) => each !== "null");
  if (type === "string") return fc.constantFrom("10%", "a", "720h", "10");
  if (type === "integer") return fc.integer({ min: 1, max: 50 });
  if (type === "number") return fc.constant(0.5);
  if (type === "boolean") return fc.boolean();
  if (type === "array")
    return depth > 0 && schema.items ? fc.array(valueOf(schema.items, depth - 1), { maxLength: 2 }) : fc.constant([]);
  const { properties = {}, required = [], additionalProperties } = schema;
  if (typeof additionalProperties === "object") {
    return fc.dictionary(fc.constantFrom("a", "b"), valueOf(additionalProperties, depth - 1), { maxKeys: 2 });
  }
  const members = Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => required.includes(name) || depth > 0)
      .map(([name, each]) => [name, fc.noShrink(valueOf(each, depth - 1))]),
  );
  return fc
    .record(members, { requiredKeys: [...required].filter((name) => name in members) })
    .map((record) => thinned(record, required));
}

/** Most optional properties left out, by a rule of the value itself: whole trees would be thousands of properties. */
function thinned(record: PropertyMap, required: readonly string[]): PropertyMap {
  const entries = Object.entries(record);
  const kept = entries.filter(
    ([name], index) => required.includes(name) || (index + JSON.stringify(record[name]).length) % 4 === 0,
  );
  return Object.fromEntries(kept);
}
