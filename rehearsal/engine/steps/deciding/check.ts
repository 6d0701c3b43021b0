import type { PropertyMap } from "../../properties/value.ts";
import type { CheckFailure, Provider } from "../../provider.ts";
import type { Run } from "../run.ts";
import { containsUnknown, unwrapSecrets } from "../../properties/equal.ts";
import { RegistrationError } from "../error.ts";
import { seedOf } from "../naming/seed.ts";
import type { Goal } from "./goal.ts";
import { markSecrets, withoutSecrets } from "./secrets.ts";

/**
 * The inputs as the provider completes them, secrets marked again.
 *
 * @param oldInputs undefined when the resource is made anew, so that its name is fresh
 * @throws RegistrationError with every failure of the check
 */
export async function checked(
  run: Run,
  goal: Goal,
  provider: Provider,
  inputs: PropertyMap,
  oldInputs: PropertyMap | undefined,
  generation: number,
): Promise<PropertyMap> {
  const { type, name } = goal.registration;
  const { inputs: complete, failures } = await provider.check({
    urn: goal.urn,
    type,
    name,
    oldInputs: oldInputs && unwrapSecrets(oldInputs),
    newInputs: unwrapSecrets(inputs),
    seed: seedOf(goal.urn, generation, run.options.state.salt),
  });
  if (failures.length > 0)
    throw new RegistrationError(
      "refused",
      `${name} (${type}): ${withoutSecrets(failures.map(told).join("; "), inputs)}`,
      goal.urn,
    );
  if (!run.preview && containsUnknown(complete)) {
    const keys = Object.keys(complete).filter((key) => containsUnknown(complete[key]));
    throw new RegistrationError(
      "refused",
      `${name} (${type}): ${keys.join(", ")} is unknown, which it may be in previews only`,
      goal.urn,
    );
  }
  return markSecrets(complete, inputs);
}

function told(failure: CheckFailure): string {
  return failure.property === "" ? failure.reason : `${failure.property}: ${failure.reason}`;
}
