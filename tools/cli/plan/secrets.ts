import { markSecrets, parsePath, type PropertyMap, Secret } from "@fairway/engine";
import type { PlannedStep } from "@fairway/planner";

/**
 * A step of which nothing is shown that is secret on either side of its change: a password that becomes secret may be the same as when it
 * was plain, and one that is plain from now on may be the same as when it was secret.
 */
export function withoutSecrets<S extends Pick<PlannedStep, "oldInputs" | "newInputs">>(step: S): S {
  const { oldInputs, newInputs } = step;
  if (!oldInputs || !newInputs) return step;
  return { ...step, oldInputs: markSecrets(oldInputs, newInputs), newInputs: markSecrets(newInputs, oldInputs) };
}

/**
 * Steps of resources in which a rule found a secret in plain text, without the values of what changes: the rule says where it stands, and
 * a plan ends up in comments, mails and logs.
 *
 * @param urns of these resources
 */
export function withoutPlaintext<S extends PlannedStep>(steps: readonly S[], urns: ReadonlySet<string>): S[] {
  return steps.map((step) => {
    if (!urns.has(step.urn)) return step;
    const changed = new Set(Object.keys(step.detailedDiff).map((path) => String(parsePath(path)[0])));
    const hidden = (inputs: PropertyMap | undefined) =>
      inputs &&
      Object.fromEntries(
        Object.entries(inputs).map(([key, value]) => [
          key,
          step.op === "create" || step.op === "delete" || changed.has(key) ? new Secret(value) : value,
        ]),
      );
    const why =
      step.why === "" ? "" : `${step.op} because ${[...changed].join(", ")} changes; no value is shown, one is a secret`;
    return { ...step, why, oldInputs: hidden(step.oldInputs), newInputs: hidden(step.newInputs) };
  });
}
