import { isMap, type PropertyMap, type PropertyValue } from "@fairway/engine";
import type { Fail, Model } from "../../models/model.ts";
import { policyDocument, sameJson } from "../../rules/policy.ts";
import { arnOf, oneOf, show, text, unordered } from "../../rules/text.ts";
import { arn, text as textOf } from "../names.ts";

/** DynamoDB tables and who may use them (DynamoDB API reference, CreateTable and PutResourcePolicy). */
export const dynamodbModels: Model[] = [
  {
    type: "aws:dynamodb/table:Table",
    guarded: "data",
    autoName: { property: "name", max: 255 },
    defaults: { billingMode: "PROVISIONED", deletionProtectionEnabled: false, tableClass: "STANDARD" },
    rules: {
      name: text({ min: 3, max: 255, pattern: /^[\w.-]+$/, allowed: "letters, digits and . - _" }),
      billingMode: oneOf("PROVISIONED", "PAY_PER_REQUEST"),
      tableClass: oneOf("STANDARD", "STANDARD_INFREQUENT_ACCESS"),
      streamViewType: oneOf("KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"),
      restoreSourceTableArn: arnOf("dynamodb"),
    },
    validate: checkTable,
    same: { attributes: unordered },
    id: (making) => textOf(making.inputs, "name"),
    outputs: (made) => {
      const table = arn(made.place, "dynamodb", `table/${made.id}`);
      const streams = made.inputs.streamEnabled === true;
      return {
        arn: table,
        streamArn: streams ? `${table}/stream/${CREATED}` : "",
        streamLabel: streams ? CREATED : "",
      };
    },
    recomputed: { streamArn: ["streamEnabled", "streamViewType"], streamLabel: ["streamEnabled", "streamViewType"] },
  },
  {
    type: "aws:dynamodb/resourcePolicy:ResourcePolicy",
    defaults: { confirmRemoveSelfResourceAccess: false },
    // 20 KB with white space (DynamoDB developer guide, "Resource-based policy considerations").
    rules: { policy: policyDocument(20_480), resourceArn: arnOf("dynamodb") },
    same: { policy: sameJson },
    id: (making) => textOf(making.inputs, "resourceArn"),
    outputs: (made) => ({ revisionId: `${made.number("revision", 1_000_000_000) + 1_700_000_000_000}` }),
    recomputed: { revisionId: ["policy"] },
  },
];

/** Labels of streams are times; those of rehearsed tables are all the same. */
const CREATED = "2026-01-01T00:00:00.000";

function checkTable(inputs: PropertyMap, fail: Fail): void {
  checkKeys(inputs, fail);
  checkCapacity(inputs, fail);
  if (inputs.streamEnabled === true && inputs.streamViewType === undefined)
    fail("streamViewType", "is required with streamEnabled. Set it, for example to NEW_AND_OLD_IMAGES.");
  const { serverSideEncryption: encryption } = inputs;
  if (isMap(encryption) && encryption.kmsKeyArn !== undefined && encryption.enabled === false)
    fail("serverSideEncryption.kmsKeyArn", "needs enabled: true. Set it.");
}

/** Keys are attributes of a type; an attribute that no key uses is refused by AWS, and would show as a change for ever. */
function checkKeys(inputs: PropertyMap, fail: Fail): void {
  const restored = ["restoreSourceName", "restoreSourceTableArn", "restoreBackupArn"].some((name) => inputs[name] !== undefined);
  if (inputs.hashKey === undefined && !restored) fail("hashKey", "is required. Set it to the partition key's attribute.");
  if (!Array.isArray(inputs.attributes)) return;
  const attributes = inputs.attributes.filter(isMap);
  for (const [index, { type }] of attributes.entries()) {
    const wrong = typeof type === "string" ? oneOf("S", "N", "B")(type, inputs) : undefined;
    if (wrong) fail(`attributes[${index}].type`, wrong);
  }
  const indexes = [inputs.globalSecondaryIndexes, inputs.localSecondaryIndexes].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  const keys = [inputs, ...indexes.filter(isMap)].flatMap(keysOf);
  const named = attributes.map(({ name }) => name);
  for (const key of new Set(keys.filter((each) => !named.includes(each)))) {
    fail("attributes", `lacks ${show(key)}, which is a key. Add it with its type: S, N or B.`);
  }
  for (const name of named.filter((each) => each !== undefined && !keys.includes(each))) {
    fail("attributes", `has ${show(name ?? null)}, which no key uses. Remove it: only keys are declared.`);
  }
}

function keysOf(map: PropertyMap): PropertyValue[] {
  const lists = [map.hashKeys, map.rangeKeys, map.keySchemas].flatMap((list) => (Array.isArray(list) ? list : []));
  const schemas = lists.map((item) => (isMap(item) ? (item.attributeName ?? null) : item));
  return [map.hashKey, map.rangeKey, ...schemas].filter((key) => typeof key === "string");
}

function checkCapacity(inputs: PropertyMap, fail: Fail): void {
  for (const property of ["readCapacity", "writeCapacity"]) {
    const given = inputs[property];
    if (inputs.billingMode === "PAY_PER_REQUEST" && typeof given === "number" && given > 0)
      fail(property, "is not for PAY_PER_REQUEST. Remove it.");
    if (inputs.billingMode === "PROVISIONED" && given === undefined)
      fail(property, "is required with PROVISIONED, which is the default. Set it, or billingMode: PAY_PER_REQUEST.");
  }
}
