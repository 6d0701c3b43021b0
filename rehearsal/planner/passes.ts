import {
  containsUnknown,
  equal,
  isMap,
  ResourceReference,
  Secret,
  unknown,
  type Operation,
  type PropertyValue,
  type Step,
} from "@fairway/engine";

/** One line of a plan: the operation that `pulumi preview` would show, and what an update does where that is less. */
export interface PlannedStep extends Step {
  /** The update's operation, where a value that the preview could not know made it a smaller one. */
  settlesAs?: Operation;
}

/** Something that an update would do and its preview did not show. */
export interface Finding {
  urn: string;
  kind: "not-in-preview" | "differs";
  /** Names the URN, its parent, and the unknown that it waited for. */
  message: string;
}

/** Operations of one resource, smallest first. A preview may announce more than an update does, never less. */
const WEIGHT: Partial<Record<Operation, number>> = {
  same: 0,
  update: 1,
  replace: 2,
  create: 2,
  delete: 2,
  "read-replacement": 2,
};

const weightOf = (op: Operation) => WEIGHT[op] ?? 0;

/** Joins a preview with the update that follows it. `replace` stands for its three steps; sorted by URN. */
export function joinPasses(preview: readonly Step[], update: readonly Step[]): { steps: PlannedStep[]; findings: Finding[] } {
  const previewed = byUrn(preview);
  const updated = byUrn(update);
  const steps = [...previewed.values()].map((step): PlannedStep => {
    const settled = updated.get(step.urn)?.op ?? step.op;
    return weightOf(settled) < weightOf(step.op) ? { ...step, settlesAs: settled } : step;
  });
  const findings = [...updated.values()].flatMap((step) => compare(previewed.get(step.urn), step, previewed));
  return { steps: steps.sort((a, b) => compareText(a.urn, b.urn)), findings: findings.sort((a, b) => compareText(a.urn, b.urn)) };
}

/**
 * One step a URN: of a replacement the `replace`, of a URN that is both registered and left over the registered one. What is deleted
 * before another's replacement and then not registered is simply deleted.
 */
function byUrn(steps: readonly Step[]): Map<string, Step> {
  const result = new Map<string, Step>();
  for (const step of steps) {
    if (step.op === "create-replacement") continue;
    const known = result.get(step.urn);
    if (!known || isDeletion(known)) result.set(step.urn, step.op === "delete-replaced" ? { ...step, op: "delete" } : step);
  }
  return result;
}

function isDeletion({ op }: Step): boolean {
  return op === "delete" || op === "discard";
}

function compare(preview: Step | undefined, update: Step, previewed: ReadonlyMap<string, Step>): Finding[] {
  if (!preview || (isDeletion(preview) && !isDeletion(update))) {
    const parent = parentOf(update.urn, previewed);
    return [
      {
        urn: update.urn,
        kind: "not-in-preview",
        message:
          `${update.urn} is ${preview ? "kept" : "made"} by the update but was not in the preview` +
          `${parent ? `; its parent is ${parent.urn}, where ${unknownsOf(parent)}` : ""}. ` +
          `Make it outside apply, or with values that a preview knows.`,
      },
    ];
  }
  const differs = (message: string): Finding[] => [{ urn: update.urn, kind: "differs", message: `${update.urn}: ${message}` }];
  const path = firstDifference(preview.newInputs ?? {}, update.newInputs ?? {}, "");
  if (path !== undefined && !isDeletion(update))
    return differs(`${path} has one value in the preview and another in the update, though the preview calls it known.`);
  if (weightOf(update.op) > weightOf(preview.op))
    return differs(
      `the preview announces ${preview.op}, and the update does ${update.op}. Let nothing depend on which of them runs.`,
    );
  return [];
}

/** A parent's URN has the child's type chain without its last type; the nearest by name is the best that a URN tells. */
function parentOf(urn: string, steps: ReadonlyMap<string, Step>): Step | undefined {
  const [stack = "", project = "", types = "", name = ""] = urn.replace(/^urn:pulumi:/, "").split("::");
  const chain = types.split("$").slice(0, -1).join("$");
  if (chain === "") return undefined;
  const candidates = [...steps.values()].filter((step) => step.urn.startsWith(`urn:pulumi:${stack}::${project}::${chain}::`));
  return candidates.find((step) => name.startsWith(step.name)) ?? candidates[0];
}

function unknownsOf(step: Step): string {
  const names = Object.entries(step.newInputs ?? {}).flatMap(([key, value]) => (containsUnknown(value) ? [key] : []));
  return names.length > 0
    ? `${names.join(", ")} ${names.length === 1 ? "is" : "are"} not known before the update`
    : "every input is known";
}

/** Path of the first value that the preview knows and the update contradicts. */
function firstDifference(
  preview: PropertyValue | undefined,
  update: PropertyValue | undefined,
  path: string,
): string | undefined {
  if (preview === unknown) return undefined;
  if (preview instanceof Secret || update instanceof Secret) {
    return firstDifference(
      preview instanceof Secret ? preview.value : preview,
      update instanceof Secret ? update.value : update,
      path,
    );
  }
  if (preview instanceof ResourceReference && update instanceof ResourceReference && preview.id === unknown) {
    return preview.urn === update.urn ? undefined : path;
  }
  if (Array.isArray(preview) && Array.isArray(update) && preview.length === update.length) {
    return firstOf(preview.map((item, index) => firstDifference(item, update[index], `${path}[${index}]`)));
  }
  if (isMap(preview) && isMap(update)) {
    const keys = [...new Set([...Object.keys(preview), ...Object.keys(update)])].sort();
    return firstOf(keys.map((key) => firstDifference(preview[key], update[key], path === "" ? key : `${path}.${key}`)));
  }
  if (preview === undefined || update === undefined) return preview === update ? undefined : path;
  return equal(preview, update) ? undefined : path;
}

const firstOf = <T>(values: readonly (T | undefined)[]) => values.find((value) => value !== undefined);
const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
