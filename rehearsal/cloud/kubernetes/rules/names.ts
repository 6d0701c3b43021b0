import { isMap, type PropertyMap, type PropertyValue } from "@fairway/engine";
import { show } from "../../rules/text.ts";

/** What Kubernetes lets a kind be called. Source: Kubernetes documentation, "Object Names and IDs" and "Labels and Selectors". */
export type NameForm = "subdomain" | "label" | "service" | "path";

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

interface Form {
  longest: number;
  isGood: (name: string) => boolean;
  allowed: string;
}

const FORMS: Record<NameForm, Form> = {
  subdomain: {
    longest: 253,
    isGood: (name) => name.split(".").every((part) => LABEL.test(part)),
    allowed: "lower case letters, digits, hyphens and dots, with a letter or digit at both ends of each part",
  },
  label: {
    longest: 63,
    isGood: (name) => LABEL.test(name),
    allowed: "lower case letters, digits and hyphens, with a letter or digit at both ends",
  },
  // Newer versions let a Service begin with a digit; not every version that is still supported does.
  service: {
    longest: 63,
    isGood: (name) => LABEL.test(name) && /^[a-z]/.test(name),
    allowed: "lower case letters, digits and hyphens, with a letter at the beginning and a letter or digit at the end",
  },
  path: {
    longest: 253,
    isGood: (name) => name !== "" && name !== "." && name !== ".." && !/[/%]/.test(name),
    allowed: "anything but slashes and percent signs",
  },
};

/** What is wrong with an object's name. @param longest where a kind allows less than its form, for example 52 for a CronJob */
export function nameProblem(form: NameForm, name: string, longest = FORMS[form].longest): string | undefined {
  const { isGood, allowed } = FORMS[form];
  if (name.length > longest) return `${show(name)} has ${name.length} characters, at most ${longest} are allowed. Shorten it.`;
  return isGood(name) ? undefined : `${show(name)} is not allowed: use ${allowed}.`;
}

/** What is wrong with a label's or annotation's key, for example `app.kubernetes.io/name`. */
export function keyProblem(key: string): string | undefined {
  const parts = key.split("/");
  const name = parts.at(-1) ?? "";
  const prefix = parts.length === 2 ? (parts[0] ?? "") : undefined;
  const isGood =
    parts.length <= 2 &&
    name.length <= 63 &&
    /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(name) &&
    (prefix === undefined || nameProblem("subdomain", prefix) === undefined);
  if (isGood) return undefined;
  return `${show(key)} is not a key: use letters, digits, hyphens, dots and underscores, at most 63, after a domain and a slash if any.`;
}

/** What is wrong with a label's value. It is a word, not text: a description belongs into an annotation. */
export function labelProblem(value: string): string | undefined {
  if (value.length > 63)
    return `${show(value)} has ${value.length} characters, at most 63 are allowed. Use an annotation for text.`;
  if (/^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/.test(value)) return undefined;
  return `${show(value)} is not a label's value: use letters, digits, hyphens, dots and underscores, a letter or digit at both ends.`;
}

/** Reports what is wrong with the keys and, of labels, the values of a map. */
export function checkKeys(map: PropertyValue | undefined, at: string, kind: "labels" | "annotations", fail: Fail): void {
  if (!isMap(map)) return;
  for (const [key, value] of Object.entries(map as PropertyMap)) {
    const reason = keyProblem(key) ?? (kind === "labels" && typeof value === "string" ? labelProblem(value) : undefined);
    if (reason) fail(`${at}["${key}"]`, reason);
  }
}

/** Reports that an object can't be used; the path is as Pulumi prints it. */
export type Fail = (path: string, reason: string) => void;
