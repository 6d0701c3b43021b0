import type { PropertyPath } from "../paths.ts";
import type { PropertyMap, PropertyValue } from "../value.ts";
import { put } from "../maps.ts";
import { printPath } from "../paths.ts";
import * as signatures from "./signatures.ts";
import { Asset, ResourceReference, Secret, Unknown } from "../value.ts";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonMap = { [key: string]: Json };

/**
 * Properties as JSON for state, special values under Pulumi's signatures, secrets only as `encrypt` gives them.
 *
 * @param encrypt gets the JSON text of a secret's value
 * @throws naming the property, for an unknown (never stored) and for what JSON lacks
 */
export function toJson(map: PropertyMap, encrypt: (text: string) => string): JsonMap {
  return writeMap(map, [], encrypt);
}

/** What {@link toJson} wrote. @throws when the JSON is not from there, or whatever `decrypt` throws */
export function fromJson(json: JsonMap, decrypt: (ciphertext: string) => string): PropertyMap {
  return readMap(json, decrypt);
}

function writeMap(map: PropertyMap, path: PropertyPath, encrypt: (text: string) => string): JsonMap {
  const json: JsonMap = {};
  for (const key of Object.keys(map)) {
    if (key === signatures.SIGNATURE_KEY)
      throw new Error(`property ${place(path)} has the key ${key}, which Pulumi keeps for itself`);
    if (map[key] !== undefined) put(json, key, write(map[key]!, [...path, key], encrypt));
  }
  return json;
}

function write(value: PropertyValue, path: PropertyPath, encrypt: (text: string) => string): Json {
  if (typeof value === "number" && !Number.isFinite(value))
    throw new Error(`property ${place(path)} is ${value}: state keeps finite numbers only`);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((element, i) => write(element, [...path, i], encrypt));
  if (value instanceof Unknown) throw new Error(`property ${place(path)} is unknown: state keeps what is known only`);
  if (value instanceof Secret) {
    return {
      [signatures.SIGNATURE_KEY]: signatures.SECRET,
      ciphertext: encrypt(JSON.stringify(write(value.value, path, encrypt))),
    };
  }
  if (value instanceof ResourceReference) {
    if (value.id instanceof Unknown)
      throw new Error(`property ${place(path)} refers to a resource whose id is unknown: state keeps what is known only`);
    const reference: JsonMap = { [signatures.SIGNATURE_KEY]: signatures.RESOURCE, urn: value.urn };
    if (value.id !== undefined) reference["id"] = value.id;
    if (value.packageVersion !== "") reference["packageVersion"] = value.packageVersion;
    return reference;
  }
  return value instanceof Asset ? writeAsset(value) : writeMap(value, path, encrypt);
}

function writeAsset(asset: Asset): JsonMap {
  const { assets, ...source } = asset.source;
  const json: JsonMap = {
    [signatures.SIGNATURE_KEY]: asset.kind === "asset" ? signatures.ASSET : signatures.ARCHIVE,
    hash: asset.hash,
  };
  for (const [key, text] of Object.entries(source)) if (text !== undefined) json[key] = text;
  if (assets === undefined) return json;
  const parts: JsonMap = {};
  for (const name of Object.keys(assets)) put(parts, name, writeAsset(assets[name]!));
  return { ...json, assets: parts };
}

function readMap(json: JsonMap, decrypt: (ciphertext: string) => string): PropertyMap {
  const map: PropertyMap = {};
  for (const key of Object.keys(json)) put(map, key, read(json[key]!, decrypt));
  return map;
}

function read(json: Json, decrypt: (ciphertext: string) => string): PropertyValue {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map((element) => read(element, decrypt));
  if (!Object.hasOwn(json, signatures.SIGNATURE_KEY)) return readMap(json, decrypt);
  switch (json[signatures.SIGNATURE_KEY]) {
    case signatures.SECRET:
      return new Secret(read(JSON.parse(decrypt(String(json["ciphertext"]))) as Json, decrypt));
    case signatures.RESOURCE:
      return new ResourceReference(text(json, "urn") ?? "", text(json, "id"), text(json, "packageVersion"));
    case signatures.ASSET:
    case signatures.ARCHIVE:
      return readAsset(json);
    default:
      throw new Error(
        `state holds a value with the signature "${String(json[signatures.SIGNATURE_KEY])}", which this version does not know`,
      );
  }
}

function readAsset(json: JsonMap): Asset {
  const source: Asset["source"] = {};
  for (const key of ["path", "text", "uri"] as const) if (Object.hasOwn(json, key)) source[key] = String(json[key]);
  if (Object.hasOwn(json, "assets")) {
    source.assets = {};
    const parts = json["assets"] as JsonMap;
    for (const name of Object.keys(parts)) put(source.assets, name, readAsset(parts[name] as JsonMap));
  }
  return new Asset(json[signatures.SIGNATURE_KEY] === signatures.ASSET ? "asset" : "archive", text(json, "hash") ?? "", source);
}

function text(json: JsonMap, key: string): string | undefined {
  return Object.hasOwn(json, key) ? String(json[key]) : undefined;
}

function place(path: PropertyPath): string {
  return path.length === 0 ? "at the top" : `"${printPath(path)}"`;
}
