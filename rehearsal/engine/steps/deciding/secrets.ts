import type { PropertyMap, PropertyValue } from "../../properties/value.ts";
import { containsSecret, markSecret, secretTexts } from "../../properties/equal.ts";
import { isMap, mapElements, mapValues, own, put } from "../../properties/maps.ts";
import { Secret } from "../../properties/value.ts";
import { RegistrationError, messageOf } from "../error.ts";

/** Shorter texts are in too many others: they are secret only where they are the whole value. */
const SHORTEST_CONTAINED_SECRET = 4;

/**
 * Marks what a provider answered, since providers neither get nor give secrets.
 *
 * Secret becomes what stands where `source` (the program's inputs) has a secret, what `secretKeys` name, and any text that
 * contains the text of a secret of `source`.
 */
export function markSecrets(plain: PropertyMap, source: PropertyMap, secretKeys: readonly string[] = []): PropertyMap {
  const hasSecrets = containsSecret(source);
  if (!hasSecrets && secretKeys.length === 0) return plain;
  const texts = hasSecrets ? secretTexts(source) : [];
  const marked: PropertyMap = {};
  for (const [key, value] of Object.entries(plain)) {
    put(marked, key, secretKeys.includes(key) ? markSecret(value) : like(value, own(source, key), texts));
  }
  return marked;
}

/**
 * Does something with inputs that hold secrets, of which nothing is told when it throws.
 *
 * @param inputs asked for when it has thrown: the work may have found more of them
 */
export async function tellingNoSecrets<T>(
  urn: string | undefined,
  inputs: () => readonly (PropertyMap | undefined)[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RegistrationError) throw error;
    throw new RegistrationError("failed", withoutSecrets(messageOf(error), ...inputs()), urn, error);
  }
}

/** A message for people, with the texts of these inputs' secrets taken out: providers quote what they reject. */
export function withoutSecrets(message: string, ...inputs: (PropertyMap | undefined)[]): string {
  const texts = inputs.flatMap((map) => secretTexts(map)).filter((text) => text.length >= SHORTEST_CONTAINED_SECRET);
  return texts
    .sort((a, b) => b.length - a.length)
    .reduce((left, text) => left.replaceAll(text, "[secret]").replaceAll(JSON.stringify(text).slice(1, -1), "[secret]"), message);
}

function like(value: PropertyValue, source: PropertyValue | undefined, texts: readonly string[]): PropertyValue {
  if (source instanceof Secret) return markSecret(value);
  if (isMap(value) && isMap(source)) {
    const marked: PropertyMap = {};
    for (const [key, part] of Object.entries(value)) put(marked, key, like(part, own(source, key), texts));
    return marked;
  }
  if (Array.isArray(value) && Array.isArray(source) && value.length === source.length) {
    return value.map((part, i) => like(part, source[i], texts));
  }
  // The provider gave it another shape: which part is the secret can't be told, so all of it is.
  if (value !== null && containsSecret(source)) return markSecret(value);
  return byText(value, texts);
}

function byText(value: PropertyValue, texts: readonly string[]): PropertyValue {
  if (texts.length === 0) return value;
  if (typeof value === "string") return texts.some((text) => tells(value, text)) ? new Secret(value) : value;
  if (Array.isArray(value)) return mapElements(value, (part) => byText(part, texts));
  return isMap(value) ? mapValues(value, (part) => byText(part, texts)) : value;
}

function tells(value: string, secret: string): boolean {
  if (value === secret) return true;
  if (secret.length < SHORTEST_CONTAINED_SECRET) return false;
  // Inside a JSON document quotes and line ends are escaped.
  return value.includes(secret) || value.includes(JSON.stringify(secret).slice(1, -1));
}
