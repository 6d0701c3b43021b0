import { type PropertyMap, type PropertyValue, Secret } from "@fairway/engine";

/** A property as plain JSON. */
export type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain };
export type PlainMap = { [key: string]: Plain };

/**
 * A property with its secrets opened, for what must really receive them: the environment of a process.
 * Never print, log or send what comes out of it.
 */
export function opened(value: PropertyValue | undefined): Plain {
  if (value instanceof Secret) return opened(value.value);
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(opened);
  // Unknowns, references and assets are instances of classes; none of the properties that effects read holds one.
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) return null;
  return openedMap(value as PropertyMap);
}

export function openedMap(map: PropertyMap): PlainMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, opened(value)]));
}

/** What a resource is: its outputs, and its inputs where the provider answered nothing for them. */
export function properties(resource: { inputs: PropertyMap; outputs: PropertyMap }): PlainMap {
  return { ...openedMap(resource.inputs), ...openedMap(resource.outputs) };
}

export function text(value: Plain | undefined, otherwise = ""): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : otherwise;
}

/** A number, also where AWS or Pulumi writes it as text (`deregistrationDelay: "300"`). */
export function numeric(value: Plain | undefined, otherwise: number): number {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.trim() === "") return otherwise;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : otherwise;
}

export function flag(value: Plain | undefined, otherwise: boolean): boolean {
  if (typeof value === "boolean") return value;
  if (value === "true") return true;
  return value === "false" ? false : otherwise;
}

/** A nested object; Pulumi's bridge sometimes answers one as a list of one. */
export function nested(value: Plain | undefined): PlainMap | undefined {
  const one = Array.isArray(value) ? value[0] : value;
  return typeof one === "object" && one !== null && !Array.isArray(one) ? one : undefined;
}

export function list(value: Plain | undefined): PlainMap[] {
  const items: Plain[] = Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
  return items.map((item) => nested(item)).filter((item) => item !== undefined);
}

export function texts(value: Plain | undefined): string[] {
  return Array.isArray(value) ? value.map((item) => text(item)) : [];
}
