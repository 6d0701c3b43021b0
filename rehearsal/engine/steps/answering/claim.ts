import type { ResourceState } from "../../types.ts";
import type { RegistrationResult } from "../types.ts";
import type { Inherited } from "../deciding/inheritance.ts";
import type { Claim, Run } from "../run.ts";
import { RegistrationError } from "../error.ts";
import { STACK_TYPE } from "../naming/urn.ts";

/** The parent that a resource gets: what it names, else the stack. @throws RegistrationError when it is not registered. */
export function parentOf(run: Run, of: { type: string; name: string; parent: string }): string {
  if (of.parent !== "") {
    if (run.claims.has(of.parent)) return of.parent;
    throw new RegistrationError("refused", `${of.name} (${of.type}): its parent ${of.parent} is not registered`);
  }
  return of.type === STACK_TYPE ? "" : run.rootStack;
}

/** @throws RegistrationError when the URN is taken in this run. Nothing is decided for either resource after that. */
export function claimUrn(run: Run, urn: string, of: { type: string; name: string }): void {
  if (run.claims.has(urn)) {
    throw new RegistrationError(
      "refused",
      `duplicate resource URN "${urn}": two resources of type ${of.type} are called "${of.name}". Give one another name or another parent.`,
      urn,
    );
  }
  const owner = run.takenOver.get(urn);
  if (owner !== undefined) {
    throw new RegistrationError(
      "refused",
      `${urn} was taken over by ${owner}, which names it as an alias. Take out the alias or this resource.`,
      urn,
    );
  }
}

/** Reserves a URN, before anything is waited for, so that the second of two equal ones is always the duplicate. */
export function claim(
  run: Run,
  urn: string,
  inherited: Inherited,
  aliases: readonly string[],
): { done(state: ResourceState, result: RegistrationResult): void; over(): void } {
  const end = Promise.withResolvers<void>();
  const entry: Claim = { urn, inherited, aliases, over: end.promise };
  run.claims.set(urn, entry);
  return {
    done: (state, result) => {
      entry.done = { state, result };
      end.resolve();
    },
    over: () => end.resolve(),
  };
}
