import type { PropertyMap, PropertyValue } from "./value.ts";
import { Asset, ResourceReference, Secret, Unknown } from "./value.ts";
import { isMap, mapElements, mapValues, own } from "./maps.ts";

/**
 * Whether two property values are the same to Pulumi.
 *
 * Nothing (`null`, or a key that is absent) equals nothing. A secret equals only a secret. A resource reference is its URN and id: the package's
 * version does not count, so an SDK bump changes nothing. Assets are their content.
 */
export function equal(a: PropertyValue | undefined, b: PropertyValue | undefined): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (a === undefined || b === undefined) return (a ?? null) === (b ?? null);
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((element, i) => equal(element, b[i]));
  if (Array.isArray(b)) return false;
  if (a instanceof Secret) return b instanceof Secret && equal(a.value, b.value);
  if (a instanceof Unknown) return b instanceof Unknown;
  if (a instanceof ResourceReference) return b instanceof ResourceReference && a.urn === b.urn && equal(a.id, b.id);
  if (a instanceof Asset) return b instanceof Asset && a.kind === b.kind && a.hash === b.hash;
  return isMap(b) && mapsEqual(a, b);
}

function mapsEqual(a: PropertyMap, b: PropertyMap): boolean {
  for (const key of Object.keys(a)) if (!equal(a[key], own(b, key))) return false;
  for (const key of Object.keys(b)) if (!Object.hasOwn(a, key) && !equal(undefined, b[key])) return false;
  return true;
}

/** Whether an unknown is anywhere inside, secrets and the ids of resource references included. */
export function containsUnknown(value: PropertyValue | undefined): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (value instanceof Unknown) return true;
  if (value instanceof Secret) return containsUnknown(value.value);
  if (value instanceof ResourceReference) return value.id instanceof Unknown;
  if (value instanceof Asset) return false;
  return Array.isArray(value) ? value.some(containsUnknown) : Object.values(value).some(containsUnknown);
}

/** Whether the value is a secret or has one anywhere inside. */
export function containsSecret(value: PropertyValue | undefined): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (value instanceof Secret) return true;
  if (value instanceof Unknown || value instanceof ResourceReference || value instanceof Asset) return false;
  return Array.isArray(value) ? value.some(containsSecret) : Object.values(value).some(containsSecret);
}

/** The value without any secret marks, at any depth. What holds none is returned as it is, not copied. */
export function unwrapSecrets(value: PropertyMap): PropertyMap;
export function unwrapSecrets(value: PropertyValue): PropertyValue;
export function unwrapSecrets(value: PropertyValue): PropertyValue {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Secret) return unwrapSecrets(value.value);
  if (Array.isArray(value)) return mapElements(value, unwrapSecrets);
  return isMap(value) ? mapValues(value, unwrapSecrets) : value;
}

/** The value as one secret; marks inside it are taken off, since the outer one covers them. A secret stays as it is. */
export function markSecret(value: PropertyValue): Secret {
  return value instanceof Secret ? value : new Secret(unwrapSecrets(value));
}

/**
 * The texts inside secrets, each once: what must not be seen in an output that is not secret.
 *
 * Empty texts are left out, since they are in every text. Numbers and booleans are left out, since they are in too many.
 */
export function secretTexts(value: PropertyValue | undefined): string[] {
  const found = new Set<string>();
  collect(value, false, found);
  return [...found];
}

function collect(value: PropertyValue | undefined, inSecret: boolean, found: Set<string>): void {
  if (typeof value === "string") {
    if (inSecret && value !== "") found.add(value);
  } else if (typeof value !== "object" || value === null || value instanceof Unknown) {
    return;
  } else if (value instanceof Secret) {
    collect(value.value, true, found);
  } else if (value instanceof ResourceReference) {
    collect(value.id, inSecret, found);
  } else if (value instanceof Asset) {
    collect(value.source.text, inSecret, found);
    for (const part of Object.values(value.source.assets ?? {})) collect(part, inSecret, found);
  } else {
    for (const part of Array.isArray(value) ? value : Object.values(value)) collect(part, inSecret, found);
  }
}
