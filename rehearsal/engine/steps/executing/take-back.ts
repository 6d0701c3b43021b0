import type { Edit } from "../../state/types.ts";
import type { Run } from "../run.ts";
import { messageOf } from "../error.ts";

/**
 * Takes back what the state was told before a call that the provider then refused.
 *
 * @throws the refusal; when the state can't be written either, an error that tells both
 */
export async function takeBack(run: Run, edits: readonly Edit[], refusal: unknown): Promise<never> {
  try {
    await run.commit(edits);
  } catch (error) {
    throw new Error(`${messageOf(refusal)}; and the state could not be set right after it: ${messageOf(error)}`, {
      cause: refusal,
    });
  }
  throw refusal;
}
