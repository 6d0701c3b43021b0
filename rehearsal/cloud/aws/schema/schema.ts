import type { TypeSchema } from "../../models/model.ts";
import schemas from "./schema.json" with { type: "json" };

/** Names of the properties of a modelled type, as @pulumi/aws 7.48.0 has them. */
export function schemaOf(type: string): TypeSchema {
  const schema = (schemas as Record<string, TypeSchema>)[type];
  if (!schema) throw new Error(`schema.json lacks ${type}. Run node rehearsal/cloud/aws/schema/write.ts.`);
  return schema;
}
