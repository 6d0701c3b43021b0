import type { PropertyMap } from "../properties/value.ts";
import type { Deployment, DeploymentOptions } from "./types.ts";
import { equal } from "../properties/equal.ts";
import { invoke } from "./answering/invoke.ts";
import { registerOutputs } from "./answering/outputs.ts";
import { read } from "./answering/read.ts";
import { refuseMalformed, register } from "./answering/register.ts";
import { deleteLeftovers } from "./deleting/leftovers.ts";
import { RegistrationError } from "./error.ts";
import { settle } from "./executing/settle.ts";
import { Run } from "./run.ts";

/**
 * One preview, update or destroy of one stack: Pulumi's step generator and executor, without a wire.
 *
 * Registrations may come in all at once. What each means is decided in the order of arrival; what was decided is carried out side
 * by side. The first failure ends the deployment: nothing new begins, what is under way is finished and kept.
 *
 * @throws when `allow` can't be read
 * @example
 * const deployment = createDeployment({ ...options, mode: "update", state: memoryState() });
 * const { id } = await deployment.register(registration);
 * await deployment.finish(true);
 */
export function createDeployment(options: DeploymentOptions): Deployment {
  const run = new Run(options);
  const underway = new Set<Promise<unknown>>();
  let begun: Promise<void> | undefined;

  return {
    register: (registration) =>
      answer(async () => {
        refuseMalformed(registration);
        refuseInDestroy(registration);
        return register(run, registration);
      }),
    registerOutputs: (urn, outputs) => answer(() => registerOutputs(run, urn, outputs)),
    read: (request) =>
      answer(async () => {
        refuseMalformed(request);
        refuseInDestroy(request);
        return read(run, request);
      }),
    invoke: (request) => answer(() => invoke(run, request)),
    finish,
    steps: run.steps,
    diagnostics: run.diagnostics,
    get failed() {
      return run.failed;
    },
    get outputs() {
      return run.failed || run.stackOutputs === undefined ? overlaid() : run.stackOutputs;
    },
  };

  /** Does the work when the last run's leftovers are settled; rejects at once, but still finishes it, when the deployment is aborted. */
  function answer<T>(work: () => Promise<T>): Promise<T> {
    const result = begin()
      .then(() => {
        run.proceed();
        return work();
      })
      .catch((error) => {
        throw run.fail(error);
      });
    underway.add(result);
    result.catch(() => undefined).finally(() => underway.delete(result));
    return untilAborted(result);
  }

  function begin(): Promise<void> {
    return (begun ??= settle(run));
  }

  async function finish(success: boolean): Promise<void> {
    try {
      await begin();
      while (underway.size > 0) await Promise.allSettled(underway);
      if (success && !run.failed) {
        if (options.mode === "destroy") run.stackOutputs = {};
        await deleteLeftovers(run);
        run.stackOutputs ??= {};
        await writeOutputs(run.stackOutputs);
        return;
      }
    } catch (error) {
      run.fail(error);
    }
    // Whatever was made is in the state already; what it is called must be findable too.
    if (!run.preview && run.stackOutputs) {
      await writeOutputs(overlaid()).catch((error) => run.fail(error));
    }
  }

  async function writeOutputs(outputs: PropertyMap): Promise<void> {
    if (!equal(options.state.outputs(), outputs)) await run.commit([{ kind: "outputs", outputs }]);
  }

  function overlaid(): PropertyMap {
    return { ...options.state.outputs(), ...run.stackOutputs };
  }

  function refuseInDestroy({ name, type }: { name: string; type: string }): void {
    if (options.mode !== "destroy") return;
    throw new RegistrationError("refused", `${name} (${type}): a stack is destroyed without running its program`);
  }

  function untilAborted<T>(result: Promise<T>): Promise<T> {
    const { signal } = options;
    if (!signal) return result;
    return new Promise((resolve, reject) => {
      const abort = () => reject(new RegistrationError("unavailable", "the deployment was aborted"));
      signal.addEventListener("abort", abort, { once: true });
      result.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
      if (signal.aborted) abort();
    });
  }
}
