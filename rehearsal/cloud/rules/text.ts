import { type PropertyValue, unknown } from "@fairway/engine";
import type { Rule } from "../models/model.ts";

/** Text of a length, made of some characters. `allowed` says in words what `pattern` checks. */
export function text(limits: { min?: number; max: number; pattern?: RegExp; allowed?: string }): Rule {
  return (value) => {
    if (typeof value !== "string") return `${show(value)} is not text.`;
    const { min = 0, max, pattern, allowed } = limits;
    if (value.length > max) return `${show(value)} has ${value.length} characters, at most ${max} are allowed. Shorten it.`;
    if (value.length < min) return `${show(value)} has ${value.length} characters, at least ${min} are needed. Lengthen it.`;
    if (pattern && !pattern.test(value)) return `${show(value)} is not allowed: use ${allowed ?? String(pattern)}.`;
    return undefined;
  };
}

/** One of a few values. */
export function oneOf(...allowed: readonly (string | number)[]): Rule {
  return (value) =>
    allowed.includes(value as string)
      ? undefined
      : `${show(value)} is not allowed. Use one of ${allowed.map((item) => String(item)).join(", ")}.`;
}

/** A number within limits, both included. AWS's SDK takes numbers in text too. */
export function between(min: number, max: number, unit = ""): Rule {
  const limits = `${min} to ${max}${unit && ` ${unit}`}`;
  return (value) => {
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    if (typeof number !== "number" || Number.isNaN(number)) return `${show(value)} is not a number. Use ${limits}.`;
    return number >= min && number <= max ? undefined : `${show(value)} is out of range. Use ${limits}.`;
  };
}

/** A list of a length; each element keeps `rule`. Elements that are not known yet are skipped. */
export function list(limits: { min?: number; max: number }, rule?: Rule): Rule {
  return (value, inputs) => {
    if (!Array.isArray(value)) return `${show(value)} is not a list.`;
    if (value.length > limits.max) return `has ${value.length} elements, at most ${limits.max} are allowed. Remove some.`;
    if (value.length < (limits.min ?? 0)) return `has ${value.length} elements, at least ${limits.min} are needed. Add some.`;
    for (const element of value) {
      const reason = element === unknown ? undefined : rule?.(element, inputs);
      if (reason) return reason;
    }
    return undefined;
  };
}

/** Keeps all rules; reports the first that is broken. */
export function all(...rules: readonly Rule[]): Rule {
  return (value, inputs) => {
    for (const rule of rules) {
      const reason = rule(value, inputs);
      if (reason) return reason;
    }
    return undefined;
  };
}

/** An ARN, of one service when named. */
export function arnOf(service?: string): Rule {
  return (value) => {
    const found = typeof value === "string" ? /^arn:aws[\w-]*:([\w-]+):[\w-]*:(\d{12}|aws|cloudfront)?:.+/.exec(value) : null;
    if (found && (!service || found[1] === service)) return undefined;
    return `${show(value)} is not an ARN${service ? ` of ${service}` : ""}. Write it as arn:aws:${service ?? "service"}:region:account:resource.`;
  };
}

/** Lists whose order has no meaning are the same in any order. */
export function unordered(before: PropertyValue, after: PropertyValue): boolean {
  if (!Array.isArray(before) || !Array.isArray(after) || before.length !== after.length) return false;
  const sorted = (list: PropertyValue[]) =>
    list
      .map((item) => JSON.stringify(item))
      .sort()
      .join();
  return !before.includes(unknown) && !after.includes(unknown) && sorted(before) === sorted(after);
}

/** A value as a message shows it, cut to a line. */
export function show(value: PropertyValue): string {
  const shown = JSON.stringify(value) ?? "undefined";
  return shown.length > 80 ? `${shown.slice(0, 77)}…` : shown;
}
