import { fileURLToPath } from "node:url";
import {
  createRunner,
  memoryState,
  type Mode,
  type Program,
  type PropertyMap,
  type Provider,
  run,
  type RunResult,
} from "@fairway/engine";
import type { StackState } from "@fairway/engine";
import type { PlannedResource } from "@fairway/resources";
import { plannedResources } from "../resources.ts";

/** A program to try in memory. */
export interface TrialRequest {
  program: Program;
  /** @default "test" */
  project?: string;
  /** @default "dev" */
  stack?: string;
  /** What stack references find: outputs by project. A project that is not named does not exist. */
  outputs?: Record<string, PropertyMap>;
  /** Keys with their namespace. @default aws:region eu-west-1 */
  config?: Record<string, string>;
  /** @default an empty one */
  state?: StackState;
  /** @default "update" */
  mode?: Mode;
}

export interface Trial extends RunResult {
  /** What there is after the run. */
  resources: PlannedResource[];
  /** Messages of severity error. */
  errors: string[];
  /** The resources of a type token. */
  ofType(type: string): PlannedResource[];
}

export interface Trials {
  run(request: TrialRequest): Promise<Trial>;
  close(): Promise<void>;
}

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * Runs programs and components against models, in memory, for tests.
 *
 * @example
 * const trials = createTrials(rehearsedCloud());
 * afterAll(() => trials.close());
 * const { errors, ofType } = await trials.run({ program: { module: fixture, args: { zones: 2 } } });
 */
export function createTrials(providers: (packageName: string) => Provider): Trials {
  const runner = createRunner({ cwd: ROOT });
  return {
    close: () => runner.close(),
    async run({ program, project = "test", stack = "dev", outputs = {}, config, state = memoryState(), mode = "update" }) {
      const result = await run({
        project,
        stack,
        organization: "organization",
        program,
        config: config ?? { "aws:region": "eu-west-1" },
        secretKeys: [],
        mode,
        state,
        providers,
        references: async (name) => {
          const [, producer = "", of] = name.split("/");
          const found = of === stack ? outputs[producer] : undefined;
          return found && { outputs: found, secretOutputNames: [] };
        },
        runner,
      });
      const resources = plannedResources({ project, stack, state: result.state, steps: result.steps });
      return {
        ...result,
        resources,
        errors: result.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message),
        ofType: (type) => resources.filter((resource) => resource.type === type),
      };
    },
  };
}
