import { type PropertyMap, type PropertyValue, unknown } from "@fairway/engine";
import type { AutoName } from "./model.ts";
import type { Derived } from "./seed.ts";

/** Hexadecimal digits that the provider appends, as Pulumi's bridge does. */
const DIGITS = 7;

/** What the provider appends to a given prefix (`namePrefix`, `bucketPrefix`): Terraform's unique ids have 26 digits. */
const PREFIX_DIGITS = 26;

/**
 * The name of a resource that the program left unnamed: its Pulumi name and seven digits from its seed.
 *
 * An update keeps the made-up name that it had; a replacement has no old inputs, so that its name is fresh.
 *
 * @throws when the Pulumi name leaves no room for the digits, as the real provider refuses it.
 */
export function autoName(rule: AutoName, resource: string, derived: Derived, oldInputs: PropertyMap | undefined): string {
  const old = oldInputs?.[rule.property];
  if (typeof old === "string" && isMadeUp(old)) return old;
  const longest = rule.max - DIGITS - 1 - (rule.prefix?.length ?? 0);
  if (resource.length > longest) {
    throw new Error(
      `the made-up name of "${resource}" would be over ${rule.max} characters, the limit of ${rule.property}. ` +
        `Shorten the resource's name to ${longest} characters or set ${rule.property}.`,
    );
  }
  const name = `${rule.prefix ?? ""}${resource}-${derived.hex("name", DIGITS)}`;
  return rule.lowerCase ? name.toLowerCase() : name;
}

/** The property that gives only the beginning of a name: `namePrefix` for `name`, `bucketPrefix` for `bucket`. */
export function prefixProperty(rule: AutoName): string {
  return `${rule.property}Prefix`;
}

/** Inputs with the name that the resource really has: said, kept from before, or made of a given prefix. */
export function named(
  rule: AutoName | undefined,
  inputs: PropertyMap,
  derived: Derived,
  old: PropertyMap | undefined,
): PropertyMap {
  if (!rule || inputs[rule.property] !== undefined) return inputs;
  const prefix = inputs[prefixProperty(rule)];
  if (typeof prefix !== "string") return inputs;
  const kept = old?.[rule.property];
  const keeps = typeof kept === "string" && kept.startsWith(prefix);
  return { ...inputs, [rule.property]: keeps ? kept : prefix + derived.hex("name", PREFIX_DIGITS) };
}

/** Whether a name looks as if it was made up: only then is it kept when the program does not say it. */
function isMadeUp(name: PropertyValue | undefined): boolean {
  return typeof name === "string" && /-[0-9a-f]{7}$/.test(name);
}

/** Whether old and new would carry one name that the program chose: then the old one must go first. */
export function sharesChosenName(rule: AutoName | undefined, oldInputs: PropertyMap, newInputs: PropertyMap): boolean {
  if (!rule) return false;
  const name = newInputs[rule.property];
  return name !== undefined && name !== unknown && name === oldInputs[rule.property] && !isMadeUp(name);
}
