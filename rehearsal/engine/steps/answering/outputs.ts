import type { PropertyMap } from "../../properties/value.ts";
import type { Run } from "../run.ts";
import { equal } from "../../properties/equal.ts";
import { RegistrationError } from "../error.ts";

/**
 * Takes what a component says of itself when its children are registered.
 *
 * The stack's own outputs are kept apart, and written when the program has ended: only then is it known whether it succeeded.
 */
export async function registerOutputs(run: Run, urn: string, outputs: PropertyMap): Promise<void> {
  const claim = run.claims.get(urn);
  if (!claim?.done) throw new RegistrationError("refused", `outputs for ${urn}, which is not registered`, urn);
  if (urn === run.rootStack) {
    run.stackOutputs = outputs;
    return;
  }
  const state = { ...claim.done.state, outputs };
  if (!equal(claim.done.state.outputs, outputs)) await run.commit([{ kind: "put", resource: state }]);
  claim.done = { state, result: { ...claim.done.result, outputs: { ...state.inputs, ...outputs } } };
}
