import { createRunner, memoryState, run, type Provider, type StackState } from "@fairway/engine";
import { coordinate, isSkip, keyOf, outputsOf, type StackId } from "@fairway/planner";
import type { Platform } from "@fairway/settings";
import { Failure } from "../../failure.ts";
import { ORGANIZATION } from "../../workspace/organization.ts";
import { assumedImage } from "../../workspace/images.ts";
import { findPrograms } from "../../workspace/programs.ts";
import type { BaseCheckout } from "./checkout.ts";
import { stacksOf } from "../planned-stacks.ts";

/** What a base's programs would have made, by stack. */
export interface BaseStates {
  /** Undefined for a stack that the base does not declare. */
  of: (id: StackId) => StackState | undefined;
  ids: StackId[];
}

/**
 * What a base's programs would have made: their update pass from nothing, run with the base's own code, settings and SDK,
 * judged by today's models (so that a better model is no change of infrastructure).
 *
 * @throws when a program of the base fails, naming the base: an unreadable base must never look like an empty one
 */
export async function baseState(
  base: BaseCheckout,
  platform: Platform,
  environments: readonly string[],
  providers: (packageName: string) => Provider,
): Promise<BaseStates> {
  const programs = findPrograms(base.folder);
  const stacks = await stacksOf({
    root: base.folder,
    platform,
    programs,
    environments,
    image: assumedImage,
    skipUnconfigured: true,
  });
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
    const ids = stacks.map(({ project, stack }) => ({ project, stack }));
    return { of: (id) => results.get(keyOf(id))?.result.state, ids };
  } finally {
    await runner.close();
  }
}
