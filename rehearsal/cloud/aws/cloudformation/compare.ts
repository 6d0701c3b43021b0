import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import type { ModelledType } from "../../models/provider.ts";
import { CLOUDFORMATION_TYPES } from "./types.ts";

/** What a change of a property does: to the provider as we model it, or in CloudFormation. */
export type Effect = "replaces" | "sometimes replaces" | "in place";

export interface Comparison {
  type: string;
  property: string;
  provider: Effect;
  cloudFormation: Effect;
}

/** Every property of the modelled types that CloudFormation has too, with what either says of its change. */
export function compareWithCloudFormation(types: ReadonlyMap<string, ModelledType>): Comparison[] {
  const specification = loadAwsServiceSpecSync();
  const compared: Comparison[] = [];
  for (const [type, { type: cloudFormationType, renamed = {} }] of Object.entries(CLOUDFORMATION_TYPES)) {
    const [resource] = specification.lookup("resource", "cloudFormationType", "equals", cloudFormationType);
    const modelled = types.get(type);
    if (!resource || !modelled) throw new Error(`${type} or ${cloudFormationType} does not exist. Mend cloudformation/types.ts.`);
    // A stack has one region; what CloudFormation calls Region (of a subscription's topic) is something else.
    for (const property of modelled.schema.inputs.filter((name) => name !== "region")) {
      const known = resource.properties[renamed[property] ?? property[0]!.toUpperCase() + property.slice(1)];
      if (!known && renamed[property])
        throw new Error(`${cloudFormationType} has no ${renamed[property]}. Mend cloudformation/types.ts.`);
      if (known)
        compared.push({
          type,
          property,
          provider: ours(modelled, property),
          cloudFormation: EFFECTS[known.causesReplacement ?? "no"],
        });
    }
  }
  return compared;
}

const EFFECTS = { yes: "replaces", maybe: "sometimes replaces", no: "in place" } as const;

function ours({ replacements }: ModelledType, property: string): Effect {
  if (replacements.properties.includes(property)) return "replaces";
  return replacements.sometimes?.[property] ? "sometimes replaces" : "in place";
}
