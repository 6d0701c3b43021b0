import structs from "google-protobuf/google/protobuf/struct_pb.js";
import type { Struct, Value } from "google-protobuf/google/protobuf/struct_pb.js";
import type { AssetReader } from "./assets.ts";
import type { PropertyMap, PropertyValue } from "../value.ts";
import { put } from "../maps.ts";
import * as signatures from "./signatures.ts";
import { Asset, ResourceReference, Secret, Unknown, unknown } from "../value.ts";

/**
 * Properties from a message of the SDK.
 *
 * @param assets reads and hashes what assets and archives name
 * @throws naming the property, when a value is not one that Pulumi's protocol has
 */
export function fromStruct(struct: Struct | undefined, assets: AssetReader): PropertyMap {
  if (struct === undefined) return {};
  try {
    return readFields(struct, assets);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new Error(`properties from the program can't be read: ${error.message}`, { cause: error });
  }
}

/** A message for the SDK. Built with the SDK's own copy of google-protobuf, without which its serialisers refuse it. */
export function toStruct(map: PropertyMap): Struct {
  return new MessageOf(structFields(map));
}

/**
 * A message from the array that google-protobuf keeps its fields in: field n at index n - 1. Half the time of setting each value
 * (47 µs against 93 for 35 values, serialised), and the bytes are the same, as a test shows.
 */
const MessageOf = structs.Struct as unknown as new (fields: Field[]) => Struct;
type Field = null | boolean | number | string | Field[];

function readFields(struct: Struct, assets: AssetReader): PropertyMap {
  const map: PropertyMap = {};
  struct.getFieldsMap().forEach((value, key) => put(map, key, readValue(value, assets)));
  return map;
}

/** Text first: most values are. `getKindCase` would look at all six kinds each time. */
function readValue(value: Value, assets: AssetReader): PropertyValue {
  if (value.hasStringValue()) {
    const text = value.getStringValue();
    return text === signatures.UNKNOWN ? unknown : text;
  }
  if (value.hasStructValue()) return readStruct(value.getStructValue()!, assets);
  if (value.hasListValue())
    return value
      .getListValue()!
      .getValuesList()
      .map((element) => readValue(element, assets));
  if (value.hasBoolValue()) return value.getBoolValue();
  if (value.hasNumberValue()) return finite(value.getNumberValue());
  return null;
}

function finite(number: number): number {
  if (Number.isFinite(number)) return number;
  throw new Error(`${number} is not a number that a resource can have. Properties are JSON: finite numbers only.`);
}

function readStruct(struct: Struct, assets: AssetReader): PropertyValue {
  const fields = struct.getFieldsMap();
  const signature = fields.get(signatures.SIGNATURE_KEY)?.getStringValue();
  if (signature === undefined || signature === "") return readFields(struct, assets);
  const text = (key: string): string | undefined =>
    fields.get(key)?.hasStringValue() ? fields.get(key)!.getStringValue() : undefined;
  switch (signature) {
    case signatures.SECRET:
      return new Secret(fields.has("value") ? readValue(fields.get("value")!, assets) : null);
    case signatures.RESOURCE:
      return readReference(text("urn") ?? "", text("id"), text("packageVersion"));
    case signatures.OUTPUT: {
      const value = fields.has("value") ? readValue(fields.get("value")!, assets) : unknown;
      return fields.get("secret")?.getBoolValue() ? new Secret(value) : value;
    }
    case signatures.ASSET:
      return assets.asset({ text: text("text"), path: text("path"), uri: text("uri") });
    case signatures.ARCHIVE:
      return assets.archive({
        path: text("path"),
        uri: text("uri"),
        assets: readParts(fields.get("assets")?.getStructValue(), assets),
      });
    default:
      throw new Error(`signature "${signature}" is not one that Pulumi's protocol has; the SDK may be newer than this engine`);
  }
}

/** A component has no id; an id that is not known yet comes as empty text or as the sentinel. */
function readReference(urn: string, id: string | undefined, packageVersion = ""): PropertyValue {
  if (urn === signatures.UNKNOWN) return unknown;
  return new ResourceReference(urn, id === "" || id === signatures.UNKNOWN ? unknown : id, packageVersion);
}

function readParts(struct: Struct | undefined, assets: AssetReader): Record<string, Asset> | undefined {
  if (struct === undefined) return undefined;
  const parts: Record<string, Asset> = {};
  for (const [name, part] of Object.entries(readFields(struct, assets))) {
    if (!(part instanceof Asset)) throw new Error(`"${name}" in an archive is neither an asset nor an archive`);
    put(parts, name, part);
  }
  return parts;
}

function structFields(map: PropertyMap): Field[] {
  const entries: Field[] = [];
  for (const key of Object.keys(map)) if (map[key] !== undefined) entries.push([key, valueFields(map[key]!)]);
  return [entries];
}

/** google.protobuf.Value: 1 null, 2 number, 3 string, 4 bool, 5 struct, 6 list. */
function valueFields(property: PropertyValue): Field[] {
  if (typeof property === "string") return [null, null, property];
  if (typeof property === "number") return [null, property];
  if (typeof property === "boolean") return [null, null, null, property];
  if (property === null || property === undefined) return [structs.NullValue.NULL_VALUE];
  if (Array.isArray(property)) return [null, null, null, null, null, [property.map(valueFields)]];
  if (property instanceof Unknown) return [null, null, signatures.UNKNOWN];
  return [null, null, null, null, structFields(signed(property))];
}

/** A special value as the map that stands for it; a plain map as it is. */
function signed(value: Secret | ResourceReference | Asset | PropertyMap): PropertyMap {
  if (value instanceof Secret) return { [signatures.SIGNATURE_KEY]: signatures.SECRET, value: value.value };
  if (value instanceof ResourceReference) {
    const reference: PropertyMap = { [signatures.SIGNATURE_KEY]: signatures.RESOURCE, urn: value.urn };
    if (value.id !== undefined) reference["id"] = value.id;
    if (value.packageVersion !== "") reference["packageVersion"] = value.packageVersion;
    return reference;
  }
  if (!(value instanceof Asset)) return value;
  const signature = value.kind === "asset" ? signatures.ASSET : signatures.ARCHIVE;
  return { [signatures.SIGNATURE_KEY]: signature, hash: value.hash, ...(value.source as PropertyMap) };
}
