import type { PropertyMap } from "../../properties/value.ts";
import type { StackOutputs } from "../../types.ts";
import type { Run } from "../run.ts";
import { containsSecret, markSecret } from "../../properties/equal.ts";
import { RegistrationError } from "../error.ts";

/**
 * What `pulumi.StackReference` reads: the producer's outputs, secret ones marked.
 *
 * May wait until the producer has run. A stack that refers to itself gets what its last run gave.
 *
 * @throws RegistrationError naming both stacks when there is no such stack
 */
export async function referencedOutputs(run: Run, resource: string, reference: string): Promise<PropertyMap> {
  const { organization, project, stack, state, references } = run.options;
  const self = `${organization}/${project}/${stack}`;
  const ownName = reference === self || reference === `${project}/${stack}` || reference === stack;
  let found: StackOutputs | undefined;
  if (ownName) found = { outputs: state.outputs(), secretOutputNames: [] };
  else {
    run.emit({ kind: "waiting", reference });
    found = await references(reference);
  }
  if (!found) {
    throw new RegistrationError(
      "refused",
      `stack "${self}" reads outputs of stack "${reference}" (stack reference "${resource}"), and there is no such stack. ` +
        `Bring that stack up first, or correct the name: it is ORGANIZATION/PROJECT/STACK.`,
    );
  }
  const { outputs, secretOutputNames } = found;
  return {
    name: reference,
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([name, value]) => [name, secretOutputNames.includes(name) ? markSecret(value) : value]),
    ),
    // The SDK takes an output that is not named here for public, whatever is in it.
    secretOutputNames: Object.keys(outputs)
      .filter((name) => secretOutputNames.includes(name) || containsSecret(outputs[name]))
      .sort(),
  };
}
