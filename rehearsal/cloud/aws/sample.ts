import type { PropertyMap } from "@fairway/engine";

/** What the tests ask of one modelled type: inputs that AWS takes, what it makes of them, and inputs that it refuses. */
export interface Sample {
  type: string;
  good: PropertyMap;
  id: RegExp;
  /** Forms of computed outputs, as AWS writes them. */
  outputs?: Record<string, RegExp>;
  bad: Refused[];
}

/** A change of the good inputs (`null` removes a property), the property that is refused, and words of the reason. */
export type Refused = [change: PropertyMap, property: string, reason: RegExp];

/** The place of all samples: eu-west-1 in account 111122223333. */
export const REGION_AND_ACCOUNT = "eu-west-1:111122223333";

/** An ARN of that place, for samples' inputs. */
export function sampleArn(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION_AND_ACCOUNT}:${resource}`;
}

/** The pattern of an ARN of that place. */
export function arnPattern(service: string, resource: string): RegExp {
  return new RegExp(`^arn:aws:${service}:${REGION_AND_ACCOUNT}:${resource}$`);
}

export const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

/** A policy of one statement, as text. */
export function samplePolicy(statement: PropertyMap = {}): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...statement }],
  });
}
