import { Asset, type PropertyMap, type PropertyValue, ResourceReference, Secret, Unknown } from "@fairway/engine";

/** A map of properties, as opposed to a scalar, a list or one of the five special values. */
export function isMap(value: PropertyValue | undefined): value is PropertyMap {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return ![Asset, ResourceReference, Secret, Unknown].some((special) => value instanceof special);
}
