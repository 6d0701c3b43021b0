import type { PlainMap } from "./values.ts";
import { text } from "./values.ts";

/** What a task's `secrets` can refer to, as it is in state. */
export interface SecretValues {
  /** Secret strings by the secret's ARN. */
  secrets: Map<string, string>;
  /** SSM parameters, by name and by ARN. */
  parameters: Map<string, string>;
}

/**
 * The value behind a container's `valueFrom`: a Secrets Manager ARN, optionally with `:json-key:version-stage:version-id`,
 * or the name or ARN of an SSM parameter. Undefined when it has no value here.
 */
export function secretValue(reference: string, values: SecretValues): string | undefined {
  if (!reference.includes(":secretsmanager:")) return values.parameters.get(reference);
  const parts = reference.split(":");
  const arn = parts.slice(0, 7).join(":");
  // Secrets Manager also takes an ARN without the hyphen and six characters that it adds to a name.
  const full = [...values.secrets.keys()].find((known) => known === arn || known.replace(/-\w{6}$/, "") === arn);
  const secret = full === undefined ? undefined : values.secrets.get(full);
  const key = parts[7];
  if (secret === undefined || !key) return secret;
  return keyOf(secret, key);
}

function keyOf(json: string, key: string): string | undefined {
  try {
    const value = (JSON.parse(json) as PlainMap)[key];
    return value === undefined || value === null ? undefined : text(value, JSON.stringify(value));
  } catch {
    return undefined;
  }
}
