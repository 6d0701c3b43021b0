import { type PropertyMap, unknown } from "@fairway/engine";
import type { Fail, Model } from "../../models/model.ts";
import { between, list, oneOf, text } from "../../rules/text.ts";
import { capitals, text as textOf, uuid } from "../names.ts";

const RECORD_TYPES = [
  "A",
  "AAAA",
  "CAA",
  "CNAME",
  "DS",
  "HTTPS",
  "MX",
  "NAPTR",
  "NS",
  "PTR",
  "SOA",
  "SPF",
  "SRV",
  "SSHFP",
  "SVCB",
  "TLSA",
  "TXT",
];
const HTTP_CHECKS = ["HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH"];
const CHECK_TYPES = [...HTTP_CHECKS, "TCP", "CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"];

/** Route 53: a global service, so its ARNs have no region and no account. */
export const route53Models: Model[] = [
  {
    type: "aws:route53/zone:Zone",
    guarded: "data",
    autoName: { property: "name", max: 255 },
    defaults: { forceDestroy: false, comment: "Managed by Pulumi" },
    rules: { name: text({ min: 1, max: 1024 }), comment: text({ max: 256 }) },
    validate: (inputs, fail) => {
      if (inputs.vpcs !== undefined && inputs.delegationSetId !== undefined)
        fail("delegationSetId", "is not for a private zone. Remove it.");
    },
    id: (making) => `Z${capitals(making, "zone", 20)}`,
    outputs: (made) => {
      const nameServers = ["org", "com", "co.uk", "net"].map(
        (top, index) =>
          `ns-${512 * index + made.number(`server ${index}`, 512)}.awsdns-${String(made.number(`set ${index}`, 64)).padStart(2, "0")}.${top}`,
      );
      return {
        arn: `arn:${made.place.partition}:route53:::hostedzone/${made.id}`,
        nameServers,
        primaryNameServer: nameServers[0]!,
        zoneId: made.id,
      };
    },
  },
  {
    type: "aws:route53/record:Record",
    rules: {
      name: text({ max: 1024 }),
      type: oneOf(...RECORD_TYPES),
      ttl: between(0, 2_147_483_647, "seconds"),
      records: list({ min: 1, max: 400 }),
    },
    validate: checkRecord,
    id: ({ inputs }) =>
      [inputs.zoneId, inputs.name, inputs.type, inputs.setIdentifier].filter((part) => part !== undefined).join("_"),
    outputs: (made) => ({ fqdn: textOf(made.inputs, "name").replace(/\.$/, "") }),
  },
  {
    type: "aws:route53/healthCheck:HealthCheck",
    defaults: { failureThreshold: 3, requestInterval: 30 },
    rules: {
      type: oneOf(...CHECK_TYPES),
      failureThreshold: between(1, 10),
      requestInterval: oneOf(10, 30),
      port: between(1, 65_535),
      resourcePath: text({ max: 255, pattern: /^\//, allowed: "a path that begins with /" }),
      searchString: text({ max: 255 }),
      regions: list({ min: 3, max: 64 }),
    },
    validate: checkHealthCheck,
    id: (making) => uuid(making, "health check"),
    outputs: (made) => ({ arn: `arn:${made.place.partition}:route53:::healthcheck/${made.id}` }),
  },
];

function checkRecord(inputs: PropertyMap, fail: Fail): void {
  const { aliases, records, ttl, type } = inputs;
  if ((aliases === undefined) === (records === undefined))
    fail("records", "exactly one of records and aliases is needed. Set one.");
  if (records !== undefined && ttl === undefined) fail("ttl", "is required with records. Set it, for example to 300.");
  if (aliases !== undefined && ttl !== undefined) fail("ttl", "is not for an alias: it has its target's. Remove it.");
  if (type === "CNAME" && Array.isArray(records) && records.length > 1) fail("records", "a CNAME has one value. Keep one.");
  const policies = Object.keys(inputs).filter((key) => /RoutingPolic/.test(key));
  if (policies.length > 0 && inputs.setIdentifier === undefined)
    fail("setIdentifier", `is required with ${policies[0]}. Set it.`);
}

function checkHealthCheck(inputs: PropertyMap, fail: Fail): void {
  const { type } = inputs;
  if (type === unknown || typeof type !== "string") return;
  const asks = [...HTTP_CHECKS, "TCP"].includes(type);
  if (asks && inputs.fqdn === undefined && inputs.ipAddress === undefined)
    fail("fqdn", `is required for a check of ${type}. Set it, or ipAddress.`);
  if (type === "TCP" && inputs.port === undefined) fail("port", "is required for a check of TCP. Set it.");
  if (type.endsWith("STR_MATCH") !== (inputs.searchString !== undefined)) {
    fail(
      "searchString",
      type.endsWith("STR_MATCH") ? `is required for a check of ${type}. Set it.` : `is not for a check of ${type}. Remove it.`,
    );
  }
  if (type === "CLOUDWATCH_METRIC" && inputs.cloudwatchAlarmName === undefined)
    fail("cloudwatchAlarmName", "is required. Set it.");
}
