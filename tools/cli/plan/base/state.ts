import { createRunner, memoryState, run, type Provider, type StackState } from "@fairway/engine";
import { coordinate, isSkip, keyOf, outputsOf, type StackId, type StackProgram } from "@fairway/planner";
import type { Platform } from "@fairway/settings";
import { Failure } from "../../failure.ts";
import { ORGANIZATION } from "../../workspace/organization.ts";
import { assumedImage } from "../../workspace/images.ts";
import { findPrograms } from "../../workspace/programs.ts";
import { stacksOf } from "../planned-stacks.ts";
import type { StateCache } from "./cache.ts";
import type { BaseCheckout } from "./checkout.ts";

/** What a base's programs would have made, by stack. */
export interface BaseStates {
  /** Undefined for a stack that the base does not declare. */
  of: (id: StackId) => StackState | undefined;
  ids: StackId[];
}

export interface BaseRequest {
  base: BaseCheckout;
  /** The base's own. */
  platform: Platform;
  /** Of the base, "shared" is one. */
  environments: readonly string[];
  providers: (packageName: string) => Provider;
  /** Environments that it knows are not run again. */
  cache?: StateCache;
}

/**
 * What a base's programs would have made: their update pass from nothing, run with the base's own code, settings and SDK,
 * judged by today's models (so that a better model is no change of infrastructure).
 *
 * @throws when a program of the base fails, naming the base: an unreadable base must never look like an empty one
 */
export async function baseState({ base, platform, environments, providers, cache }: BaseRequest): Promise<BaseStates> {
  const programs = findPrograms(base.folder);
  const root = base.folder;
  const stacks = await stacksOf({ root, platform, programs, environments, image: assumedImage, skipUnconfigured: true });
  const ids = stacks.map(({ project, stack }): StackId => ({ project, stack }));
  const known = new Map(environments.map((name) => [name, cache?.read(name)]));
  const states = new Map([...known.values()].flatMap((stored) => [...(stored ?? [])]));
  const unknown = stacks.filter(({ stack }) => known.get(stack) === undefined);
  if (unknown.length > 0) {
    for (const [key, state] of await runAll(base, unknown, providers)) states.set(key, state);
    for (const name of environments.filter((each) => known.get(each) === undefined)) {
      const own = ids.filter(({ stack }) => stack === name);
      cache?.write(
        name,
        own.flatMap((id) => (states.has(keyOf(id)) ? [[id, states.get(keyOf(id))!] as const] : [])),
      );
    }
  }
  return { of: (id) => states.get(keyOf(id)), ids };
}

async function runAll(
  base: BaseCheckout,
  stacks: readonly StackProgram[],
  providers: (packageName: string) => Provider,
): Promise<Map<string, StackState>> {
  const runner = createRunner({ cwd: base.folder, sdkRoot: base.folder });
  try {
    const results = await coordinate(stacks, async (stack, references) => {
      const result = await run({
        ...stack,
        organization: ORGANIZATION,
        program: { folder: stack.folder },
        mode: "update",
        state: memoryState(),
        providers,
        references,
        runner,
      });
      return { ok: result.ok, outputs: outputsOf(result), result };
    });
    const errors = [...results].flatMap(([key, { ok, result }]) =>
      ok
        ? []
        : result.diagnostics
            .filter(({ severity, message }) => severity === "error" && !isSkip(message))
            .map(({ message }) => `  ${key}: ${message.split("\n")[0]}`),
    );
    if ([...results.values()].some(({ ok }) => !ok)) {
      throw new Failure(
        `base ${base.revision} (${base.commit.slice(0, 7)}) can't be planned, so nothing can be compared with it\n\n${errors.join("\n")}`,
      );
    }
    return new Map([...results].map(([key, { result }]) => [key, result.state]));
  } finally {
    await runner.close();
  }
}
