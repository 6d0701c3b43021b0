import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { TypeSchema } from "../../models/model.ts";

/**
 * The names of a type's properties as the installed SDK's generated class has them.
 *
 * The provider's schema itself is inside the plugin binary; the SDK is generated from it, so this is the schema's list.
 */
export function schemaFromSdk(type: string): TypeSchema {
  const folder = dirname(createRequire(import.meta.url).resolve("@pulumi/aws/package.json"));
  const module = type.split(":")[1]!;
  const source = readFileSync(join(folder, `${module}.js`), "utf8");
  const creation = source.split("const args = argsOrState;")[1];
  if (!creation || !source.includes(`__pulumiType = '${type}'`))
    throw new Error(`${module}.js of @pulumi/aws is not the class of ${type}`);
  const inputs = [...creation.matchAll(/resourceInputs\["(\w+)"\] = (?!undefined \/\*out\*\/)/g)].map(([, name]) => name!);
  const outputs = [...creation.matchAll(/resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g)].map(([, name]) => name!);
  const required = [...creation.matchAll(/args\?\.(\w+) === undefined && !opts\.urn/g)].map(([, name]) => name!);
  const secret = /additionalSecretOutputs: \[([^\]]*)\]/.exec(creation)?.[1];
  return {
    required: required.sort(),
    inputs: inputs.sort(),
    outputs: outputs.sort(),
    ...(secret && { secretOutputs: [...secret.matchAll(/"(\w+)"/g)].map(([, name]) => name!).sort() }),
  };
}
