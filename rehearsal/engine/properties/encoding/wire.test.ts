import { createRequire } from "node:module";
import fc from "fast-check";
import structs from "google-protobuf/google/protobuf/struct_pb.js";
import { describe, expect, test } from "vitest";
import type { PropertyMap } from "../value.ts";
import { propertyMaps } from "../arbitrary.ts";
import { equal } from "../equal.ts";
import { Asset, ResourceReference, Secret, unknown } from "../value.ts";
import { projectAssets } from "./assets.ts";
import * as signatures from "./signatures.ts";
import { fromStruct, toStruct } from "./wire.ts";

const require = createRequire(import.meta.url);
const sdk = require("@pulumi/pulumi/runtime/rpc.js") as Record<string, unknown>;
const resources = require("@pulumi/pulumi/proto/resource_pb.js") as {
  RegisterResourceRequest: {
    new (): { setObject(object: unknown): void; getObject(): InstanceType<typeof structs.Struct>; serializeBinary(): Uint8Array };
    deserializeBinary(bytes: Uint8Array): { getObject(): InstanceType<typeof structs.Struct> };
  };
};

const key = signatures.SIGNATURE_KEY;
const assets = projectAssets("/nowhere");
const read = (json: Record<string, unknown>) => fromStruct(structs.Struct.fromJavaScript(json as never), assets);
const write = (map: PropertyMap) => toStruct(map).toJavaScript();

describe("properties on the wire", () => {
  test("use the signatures of the installed SDK", () => {
    expect({
      unknown: signatures.UNKNOWN,
      key: signatures.SIGNATURE_KEY,
      secret: signatures.SECRET,
      resource: signatures.RESOURCE,
      asset: signatures.ASSET,
      archive: signatures.ARCHIVE,
      output: signatures.OUTPUT,
    }).toEqual({
      unknown: sdk["unknownValue"],
      key: sdk["specialSigKey"],
      secret: sdk["specialSecretSig"],
      resource: sdk["specialResourceSig"],
      asset: sdk["specialAssetSig"],
      archive: sdk["specialArchiveSig"],
      output: sdk["specialOutputValueSig"],
    });
  });

  test("come back as they went, through the bytes of the SDK's own messages", () => {
    fc.assert(
      fc.property(propertyMaps({ protoKey: false }), (map) => {
        const request = new resources.RegisterResourceRequest();
        request.setObject(toStruct(map));
        const received = resources.RegisterResourceRequest.deserializeBinary(request.serializeBinary()).getObject();
        expect(equal(fromStruct(received, { ...assets, ...reading() }), map)).toBe(true);
      }),
    );
  });

  test("are byte for byte what google-protobuf makes of plain JSON", () => {
    const plain = fc.dictionary(
      fc.string().filter((name) => name !== "__proto__"),
      fc.jsonValue({ maxDepth: 4 }).filter((value) => !JSON.stringify(value).includes("__proto__")),
    );
    fc.assert(
      fc.property(plain, (json) => {
        expect(toStruct(json as PropertyMap).serializeBinary()).toEqual(
          structs.Struct.fromJavaScript(json as never).serializeBinary(),
        );
      }),
    );
  });

  test("are for plain JSON what the SDK's own conversion makes of them", () => {
    const json = { a: [1, "x", true, null, { "": { deep: [[]] } }], b: { c: -0.5 }, constructor: "x" };
    expect(write(json)).toEqual(structs.Struct.fromJavaScript(json).toJavaScript());
    expect(read(json)).toEqual(json);
    expect(fromStruct(undefined, assets)).toEqual({});
  });

  test.each<[what: string, json: Record<string, unknown>, value: PropertyMap]>([
    ["an unknown", { a: signatures.UNKNOWN }, { a: unknown }],
    ["a secret", { a: { [key]: signatures.SECRET, value: ["x"] } }, { a: new Secret(["x"]) }],
    ["an unknown secret", { a: { [key]: signatures.SECRET, value: signatures.UNKNOWN } }, { a: new Secret(unknown) }],
    [
      "a secret in a secret",
      { a: { [key]: signatures.SECRET, value: { b: { [key]: signatures.SECRET, value: 1 } } } },
      { a: new Secret({ b: new Secret(1) }) },
    ],
    ["a component", { a: { [key]: signatures.RESOURCE, urn: "urn:c" } }, { a: new ResourceReference("urn:c", undefined) }],
    [
      "a resource",
      { a: { [key]: signatures.RESOURCE, urn: "urn:r", id: "i", packageVersion: "1.2.3" } },
      { a: new ResourceReference("urn:r", "i", "1.2.3") },
    ],
    [
      "a resource to be made",
      { a: { [key]: signatures.RESOURCE, urn: "urn:r", id: signatures.UNKNOWN } },
      { a: new ResourceReference("urn:r", unknown) },
    ],
  ])("carry %s both ways", (_, json, value) => {
    expect(read(json)).toEqual(value);
    expect(write(value)).toEqual(json);
  });

  test("give an output value as its value, unknown when it has none, and secret when it says so", () => {
    const output = (more: object) => ({ [key]: signatures.OUTPUT, dependencies: ["urn:a"], ...more });
    expect(read({ a: output({ value: 1 }), b: output({}), c: output({ value: 1, secret: true }) })).toEqual({
      a: 1,
      b: unknown,
      c: new Secret(1),
    });
  });

  test("give assets with the hash of their content and send them on with it", () => {
    const text = { [key]: signatures.ASSET, text: "hello" };
    const archive = { [key]: signatures.ARCHIVE, assets: { "a.txt": text } };
    const asset = assets.asset({ text: "hello" });
    const value = { text: asset, archive: assets.archive({ assets: { "a.txt": asset } }) };
    expect(read({ text, archive })).toEqual(value);
    expect(write(value)["text"]).toEqual({ ...text, hash: asset.hash });
    expect(read(write(value))).toEqual(value);
  });

  test("refuse what Pulumi's protocol does not have, saying what", () => {
    expect(() => read({ a: { [key]: "00" } })).toThrow(/properties from the program can't be read: signature "00" is not one/);
    expect(() => read({ a: [Number.NaN] })).toThrow(/NaN is not a number that a resource can have/);
    expect(() => read({ a: { [key]: signatures.ARCHIVE, assets: { "a.txt": "text" } } })).toThrow(
      /"a\.txt" in an archive is neither/,
    );
    expect(() => read({ a: { [key]: signatures.ASSET, path: "none.txt" } })).toThrow(
      /asset "none\.txt" can't be read: .*ENOENT.*\/nowhere/,
    );
  });
});

/** Generated assets name no files: their hash is their text, or what it says of their parts. */
function reading() {
  return {
    asset: ({ text }: { text?: string }) => new Asset("asset", text!, { text }),
    archive: ({ assets: parts = {} }: { assets?: Record<string, Asset> }) =>
      new Asset("archive", `2${Object.values(parts)[0]!.hash}`, { assets: parts }),
  };
}
