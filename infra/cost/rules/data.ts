import type { PriceName } from "../prices/types.ts";
import { type Charge, type Gap, listOf, mapOf, numberOf, property, type Rule, textOf } from "./rule.ts";

/** Of PostgreSQL, Single-AZ. Other classes and engines are listed as not priced. */
const INSTANCE_PRICES: Record<string, PriceName> = {
  "db.t4g.micro": "rdsT4gMicroHour",
  "db.t4g.small": "rdsT4gSmallHour",
  "db.t4g.medium": "rdsT4gMediumHour",
};

/** A standby in a second zone doubles instance and storage. Backups up to the size of the database cost nothing. */
export const rdsInstance: Rule = (resource, { usage }) => {
  const size = textOf(property(resource, "instanceClass"));
  const engine = textOf(property(resource, "engine"));
  const price = Object.hasOwn(INSTANCE_PRICES, size) ? INSTANCE_PRICES[size] : undefined;
  const copies = property(resource, "multiAz") === true ? 2 : 1;
  const storage = textOf(property(resource, "storageType")) || "gp3";
  return [
    price && engine === "postgres"
      ? { item: "database instance", price, quantity: copies * usage.hours }
      : { unpriced: `a database instance of class ${size || "(unknown)"}, engine ${engine || "(unknown)"}` },
    storageOf(),
  ];

  function storageOf(): Charge | Gap {
    if (storage !== "gp3") return { unpriced: `database storage of type ${storage}` };
    const gb = numberOf(property(resource, "allocatedStorage"), 0);
    if (gb === 0) return { unpriced: "database storage whose size is not known" };
    return { item: "database storage", price: "rdsGp3Gb", quantity: copies * gb };
  }
};

/** A cluster of another engine is no Aurora: it has instances and storage of its own. */
export const auroraCluster: Rule = (resource, { usage }) => {
  const engine = textOf(property(resource, "engine"));
  const storage = textOf(property(resource, "storageType"));
  if (!engine.startsWith("aurora")) return [{ unpriced: `a database cluster of engine ${engine || "(unknown)"}` }];
  if (storage !== "" && storage !== "aurora") return [{ unpriced: `Aurora storage of type ${storage}` }];
  return [
    {
      item: "Aurora storage",
      price: "auroraGb",
      quantity: usage.auroraGb,
      assumption: `${usage.auroraGb} GB; I/O requests are not counted`,
    },
  ];
};

export const auroraInstance: Rule = (resource, { usage, find }) => {
  const size = textOf(property(resource, "instanceClass"));
  const cluster = find("aws:rds/cluster:Cluster", "clusterIdentifier", property(resource, "clusterIdentifier"));
  if (size !== "db.serverless" || !cluster) return [{ unpriced: `an Aurora instance of class ${size || "(unknown)"}` }];
  const units = numberOf(mapOf(property(cluster, "serverlessv2ScalingConfiguration")).minCapacity, 0.5);
  return [
    {
      item: "Aurora capacity",
      price: "auroraAcuHour",
      quantity: units * usage.hours,
      assumption: `its minimum of ${units} capacity units all month`,
    },
  ];
};

export const dynamodbTable: Rule = (resource, { usage }) => {
  const mode = textOf(property(resource, "billingMode")) || "PROVISIONED";
  const recovery = mapOf(property(resource, "pointInTimeRecovery")).enabled === true;
  const assumption = `${usage.tableWriteMillions} million writes, ${usage.tableReadMillions} million reads, ${usage.tableGb} GB`;
  return [
    ...(mode === "PAY_PER_REQUEST"
      ? ([
          { item: "table writes", price: "dynamodbWriteMillion", quantity: usage.tableWriteMillions, assumption },
          { item: "table reads", price: "dynamodbReadMillion", quantity: usage.tableReadMillions, assumption },
        ] as const)
      : [{ unpriced: "provisioned capacity of a table" }]),
    { item: "table storage", price: "dynamodbGb", quantity: usage.tableGb, assumption },
    ...(recovery
      ? [{ item: "point-in-time recovery", price: "dynamodbRecoveryGb" as const, quantity: usage.tableGb, assumption }]
      : []),
    ...(listOf(property(resource, "replicas")).length > 0 ? [{ unpriced: "replicas of a table in other regions" }] : []),
  ];
};

export const bucket: Rule = (_, { usage }) => [
  { item: "bucket storage", price: "s3Gb", quantity: usage.bucketGb, assumption: `${usage.bucketGb} GB in each bucket` },
  {
    item: "bucket writes",
    price: "s3WriteThousand",
    quantity: usage.bucketWriteThousands,
    assumption: `${usage.bucketWriteThousands} thousand writes a month; reads are not counted`,
  },
];

export const imageRepository: Rule = (_, { usage }) => [
  {
    item: "image storage",
    price: "ecrGb",
    quantity: usage.repositoryGb,
    assumption: `${usage.repositoryGb} GB in each repository`,
  },
];

export const queue: Rule = (_, { usage }) => [
  {
    item: "queue requests",
    price: "sqsMillion",
    quantity: usage.queueMillions,
    assumption: `${usage.queueMillions} million requests a month`,
  },
];
