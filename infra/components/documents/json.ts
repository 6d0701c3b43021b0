import * as pulumi from "@pulumi/pulumi";

/**
 * JSON text whose objects have their keys in alphabetical order, so that two documents that mean the same are the same text
 * and no diff is a phantom. Lists keep their order: give them a stable one.
 */
export function sortedJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** {@link sortedJson} of a value that holds outputs. */
export function jsonDocument(value: pulumi.Input<unknown>): pulumi.Output<string> {
  return (pulumi.output(value) as pulumi.Output<unknown>).apply(sortedJson);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, entry]) => [key, sorted(entry)]));
}
