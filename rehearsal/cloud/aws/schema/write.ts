/** Writes schema.json anew from the installed @pulumi/aws: `node rehearsal/cloud/aws/schema/write.ts` after an upgrade of it. */
import { writeFileSync } from "node:fs";
import { awsModels } from "../models.ts";
import { schemaFromSdk } from "./read-sdk.ts";

const lines = awsModels.map(({ type }) => `  ${JSON.stringify(type)}: ${JSON.stringify(schemaFromSdk(type))}`).sort();
writeFileSync(new URL("schema.json", import.meta.url), `{\n${lines.join(",\n")}\n}\n`);
