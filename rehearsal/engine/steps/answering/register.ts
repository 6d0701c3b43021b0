import type { ResourceState } from "../../types.ts";
import type { Run } from "../run.ts";
import type { RegistrationResult, ResourceRegistration } from "../types.ts";
import { decide } from "../deciding/decision.ts";
import type { Goal } from "../deciding/goal.ts";
import { NOTHING_INHERITED, inherit } from "../deciding/inheritance.ts";
import { tellingNoSecrets } from "../deciding/secrets.ts";
import { RegistrationError } from "../error.ts";
import { schedule } from "../executing/carry-out.ts";
import { aliasUrns } from "../naming/aliases.ts";
import { STACK_TYPE, createUrn, isProviderType, packageOf } from "../naming/urn.ts";
import { unknown } from "../../properties/value.ts";
import { claim, claimUrn, parentOf } from "./claim.ts";
import { construct } from "./construct.ts";
import { providerFor } from "./provider-for.ts";
import { formerEntry } from "./former-entry.ts";

/** Registers one resource: decides when it is its turn, carries the decision out, answers with what is known. */
export async function register(run: Run, registration: ResourceRegistration): Promise<RegistrationResult> {
  const { type, name } = registration;
  const parent = parentOf(run, registration);
  const { project, stack } = run.options;
  const urn = createUrn({ stack, project, parent, type, name });
  claimUrn(run, urn, registration);
  const inherited = inherit(registration, run.claims.get(parent)?.inherited ?? NOTHING_INHERITED);
  const aliases = aliasUrns(registration.aliases, {
    stack,
    project,
    type,
    name,
    parent,
    parentAliases: run.claims.get(parent)?.aliases ?? [],
  });
  const claimed = claim(run, urn, inherited, aliases);
  if (type === STACK_TYPE) run.rootStack = urn;

  const inputs = () => [registration.inputs, run.snapshot.live(urn)?.inputs];
  try {
    return await tellingNoSecrets(urn, inputs, async () => {
      const managed = registration.custom && !isProviderType(type);
      const provider = managed
        ? await providerFor(run, packageOf(type), registration.provider, inherited, registration.version)
        : "";
      const goal: Goal = { urn, registration, inherited, parent, provider, aliases };
      const state = await makeSo(run, goal);
      if (isProviderType(type)) await run.providers.register(state);
      claimed.done(state, resultOf(run, state));
      if (!registration.remote) return resultOf(run, state);
      return construct(run, state, registration);
    });
  } catch (error) {
    // Before others learn that it is over: what waits for it must not go on as if it had succeeded.
    throw run.fail(error);
  } finally {
    claimed.over();
  }
}

async function makeSo(run: Run, goal: Goal): Promise<ResourceState> {
  const { scheduled, provider } = await run.decide(async () => {
    run.proceed(goal.urn);
    const old = await formerEntry(run, goal);
    const manager = goal.registration.custom
      ? await run.providers.of({ ...goal.registration, urn: goal.urn, provider: goal.provider })
      : undefined;
    return { scheduled: schedule(run, await decide(run, goal, manager, old)), provider: manager };
  });
  run.proceed(goal.urn);
  return scheduled.carryOut(provider);
}

/** What a program learns: inputs and outputs together. */
export function resultOf(run: Run, state: ResourceState): RegistrationResult {
  if (!state.custom) return { urn: state.urn, id: "", outputs: state.inputs };
  return {
    urn: state.urn,
    id: run.preview && state.id === "" ? unknown : state.id,
    outputs: { ...state.inputs, ...state.outputs },
  };
}

/** @throws RegistrationError for a type or name that can't be in a URN. */
export function refuseMalformed(registration: { type: string; name: string }): void {
  const { type, name } = registration;
  if (!/^[^:$\s]+:[^:$\s]*:[^:$\s]+$/.test(type)) {
    throw new RegistrationError("refused", `"${type}" is not a resource type: write package:module:Name (resource "${name}")`);
  }
  if (name === "") throw new RegistrationError("refused", `a resource of type ${type} has no name`);
}
