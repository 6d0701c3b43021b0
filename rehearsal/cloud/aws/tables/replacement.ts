import type { Replacements } from "../../models/model.ts";
import { REGION, generallyKnown, read } from "../sources.ts";

/** What forces replacement; see ../replacement.ts. */
export const tableReplacement: Record<string, Replacements> = {
  "aws:dynamodb/table:Table": {
    source: read("dynamodb/table.go"),
    properties: [
      REGION,
      "name",
      "hashKey",
      "rangeKey",
      "localSecondaryIndexes",
      "restoreSourceName",
      "restoreDateTime",
      "restoreToLatestTime",
      "importTable",
    ],
  },
  "aws:dynamodb/resourcePolicy:ResourcePolicy": {
    source: generallyKnown("dynamodb/resource_policy.go"),
    properties: [REGION, "resourceArn"],
  },
};
