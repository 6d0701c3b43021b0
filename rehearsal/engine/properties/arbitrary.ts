import fc from "fast-check";
import type { PropertyMap, PropertyValue } from "./value.ts";
import { Asset, ResourceReference, Secret, unknown } from "./value.ts";
import { put } from "./maps.ts";

/** Which special values a generated property may hold; all of them unless told. */
export interface Holding {
  unknowns?: boolean;
  secrets?: boolean;
  /** Keys that only maps of our own can have: google-protobuf's map loses `__proto__`. */
  protoKey?: boolean;
}

/** Few keys, so that generated maps overlap and differ in small ways; some that property paths have to quote, or that objects inherit. */
const keys = ["a", "b", "tags", "odd key", 'say "hi"', "back\\slash", "dot.ted", "constructor", "9", "ключ"];

/** Property maps for property-based tests. */
export function propertyMaps(holding: Holding = {}): fc.Arbitrary<PropertyMap> {
  return arbitraries(holding).map;
}

/** Property values for property-based tests. */
export function propertyValues(holding: Holding = {}): fc.Arbitrary<PropertyValue> {
  return arbitraries(holding).value;
}

function arbitraries({ unknowns = true, secrets = true, protoKey = true }: Holding) {
  const key = fc.constantFrom(...keys, ...(protoKey ? ["__proto__"] : []));
  const text = fc.constantFrom("", "x", "y", "[secret]", "длинный", "0");
  const id = fc.oneof(fc.constant(undefined), fc.constantFrom("i-1", "i-2"), ...(unknowns ? [fc.constant(unknown)] : []));
  const reference = fc
    .tuple(fc.constantFrom("urn:a", "urn:b"), id, fc.constantFrom("", "1.2.3"))
    .map(([urn, id, version]) => new ResourceReference(urn, id, version));
  const asset = fc.constantFrom("00", "11").map((hash) => new Asset("asset", hash, { text: hash }));
  const archive = asset.map((part) => new Asset("archive", `2${part.hash}`, { assets: { "index.js": part } }));
  const scalar = fc.oneof(fc.constant(null), fc.boolean(), fc.constantFrom(0, -0, 1, 2.5, 1e21), text, reference, asset, archive);

  return fc.letrec<{ value: PropertyValue; map: PropertyMap }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      { weight: 4, arbitrary: scalar },
      ...(unknowns ? [{ weight: 1, arbitrary: fc.constant<PropertyValue>(unknown) }] : []),
      { weight: 2, arbitrary: fc.array(tie("value"), { maxLength: 3 }) },
      { weight: 3, arbitrary: tie("map") },
      ...(secrets ? [{ weight: 1, arbitrary: tie("value").map((value): PropertyValue => new Secret(value)) }] : []),
    ),
    map: fc.array(fc.tuple(key, tie("value")), { maxLength: 4 }).map((entries) => {
      const map: PropertyMap = {};
      for (const [name, value] of entries) put(map, name, value);
      return map;
    }),
  }));
}
