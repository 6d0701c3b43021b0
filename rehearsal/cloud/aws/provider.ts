import { isMap, type PropertyMap, type Provider } from "@fairway/engine";
import type { Place } from "../models/model.ts";
import { type ModelledType, modelledProvider } from "../models/provider.ts";
import { type AwsConfiguration, checkConfiguration, diffConfiguration, readConfiguration } from "./configuration.ts";
import { awsFunctions } from "./functions/functions.ts";
import { awsModels } from "./models.ts";
import { replacementTable } from "./replacement.ts";
import { schemaOf } from "./schema/schema.ts";

/** Every modelled type of AWS, by token. */
export const awsTypes: ReadonlyMap<string, ModelledType> = new Map(
  awsModels.map((model) => {
    const replacements = replacementTable[model.type];
    if (!replacements) throw new Error(`replacement.ts lacks ${model.type}. Add what forces its replacement, with a source.`);
    return [model.type, { model, schema: schemaOf(model.type), replacements }];
  }),
);

/** The rehearsed AWS, before it is configured: it describes and configures; everything else says what is missing. */
export function awsProvider(): Provider {
  return configured(undefined);
}

function configured(configuration: AwsConfiguration | undefined): Provider {
  const provider = modelledProvider({
    package: "aws",
    types: awsTypes,
    place: (inputs) => placeOf(needed(), inputs),
    added: (schema, inputs, oldInputs) => (schema.outputs.includes("tagsAll") ? tagsAll(configuration, inputs, oldInputs) : {}),
    follows: { tagsAll: "tags" },
    shared: (schema, place): PropertyMap => (schema.inputs.includes("region") ? { region: place.region } : {}),
    functions: awsFunctions(() => needed().place),
    configure: async (inputs) => configured(readConfiguration(inputs)),
  });
  return {
    ...provider,
    checkConfig: async ({ newInputs }) => checkConfiguration(newInputs),
    diffConfig: async ({ oldInputs, newInputs }) => diffConfiguration(oldInputs, newInputs),
  };

  function needed(): AwsConfiguration {
    if (!configuration)
      throw new Error("the aws provider is not configured: its region is not set or not known yet. Set aws:region.");
    return configuration;
  }
}

/** A resource's own region wins over its provider's. */
function placeOf({ place }: AwsConfiguration, inputs: PropertyMap): Place {
  return typeof inputs.region === "string" ? { ...place, region: inputs.region } : place;
}

/**
 * The provider's default tags under the resource's own. They are an input, as with the real provider, so that a change of
 * default tags is seen to change every resource. Of a provider that can't be configured yet, they stay as they were.
 */
function tagsAll(
  configuration: AwsConfiguration | undefined,
  { tags = {} }: PropertyMap,
  oldInputs: PropertyMap | undefined,
): PropertyMap {
  if (!configuration) return oldInputs?.tagsAll === undefined ? {} : { tagsAll: oldInputs.tagsAll };
  return { tagsAll: isMap(tags) ? { ...configuration.defaultTags, ...tags } : tags };
}
