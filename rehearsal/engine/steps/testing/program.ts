import type { StateStore } from "../../state/types.ts";
import type { EngineEvent, Step } from "../../types.ts";
import type { Deployment, DeploymentOptions, ReadRegistration, RegistrationResult, ResourceRegistration } from "../types.ts";
import { memoryState } from "../../state/memory.ts";
import { createDeployment } from "../deployment.ts";
import { ToyWorld } from "./toy.ts";

export const BOX = "toy:index:Box";
export const GROUP = "toy:index:Group";

/** What a test program may say of a resource; everything has a default. */
export type Wish = Partial<ResourceRegistration>;

/** How a test program speaks to the engine. */
export interface Speaker {
  deployment: Deployment;
  /** URN of the stack resource. */
  stack: string;
  /** A managed resource of type {@link BOX}. */
  box(name: string, inputs?: ResourceRegistration["inputs"], wish?: Wish): Promise<RegistrationResult>;
  /** A local component of type {@link GROUP}. */
  group(name: string, inputs?: ResourceRegistration["inputs"], wish?: Wish): Promise<RegistrationResult>;
  /** A provider resource. */
  provider(
    name: string,
    inputs?: ResourceRegistration["inputs"],
    wish?: Wish,
  ): Promise<RegistrationResult & { reference: string }>;
  read(name: string, id: ReadRegistration["id"], wish?: Partial<ReadRegistration>): Promise<RegistrationResult>;
}

export type ToyProgram = (say: Speaker) => Promise<void>;

/** What came of one run. */
export interface Outcome {
  deployment: Deployment;
  steps: readonly Step[];
  /** Steps as `op name`, without `same`, providers and the stack. */
  told: string[];
  events: EngineEvent[];
  /** Messages of the errors, each once. */
  errors: string[];
}

/** A stack, its state and the world it is in, over any number of runs. */
export class Stack {
  readonly world = new ToyWorld();
  state: StateStore;

  constructor(start: Parameters<typeof memoryState>[0] = {}) {
    this.state = memoryState(start);
  }

  up(program: ToyProgram, options: Partial<DeploymentOptions> = {}): Promise<Outcome> {
    return this.#run(program, { mode: "update", ...options });
  }

  preview(program: ToyProgram, options: Partial<DeploymentOptions> = {}): Promise<Outcome> {
    return this.#run(program, { mode: "preview", ...options });
  }

  destroy(options: Partial<DeploymentOptions> = {}): Promise<Outcome> {
    return this.#run(undefined, { mode: "destroy", ...options });
  }

  /** State entries as `name` or, for those to be deleted, `name (delete)`, without providers and the stack. */
  entries(): string[] {
    return this.state
      .resources()
      .filter((entry) => !entry.type.startsWith("pulumi:"))
      .map((entry) => entry.name + (entry.delete ? " (delete)" : "") + (entry.pendingReplacement ? " (pending)" : ""));
  }

  entry(name: string) {
    const entry = this.state.resources().find((one) => one.name === name && !one.delete);
    if (!entry) throw new Error(`${name} is not in the state: ${this.entries().join(", ")}`);
    return entry;
  }

  async #run(
    program: ToyProgram | undefined,
    options: Partial<DeploymentOptions> & Pick<DeploymentOptions, "mode">,
  ): Promise<Outcome> {
    const events: EngineEvent[] = [];
    const deployment = createDeployment({
      project: "shop",
      stack: "dev",
      organization: "acme",
      config: {},
      secretKeys: [],
      state: this.state,
      providers: (packageName) => this.world.provider(packageName),
      references: async () => undefined,
      onEvent: (event) => events.push(event),
      ...options,
    });
    const errors = new Set<string>();
    let success = true;
    if (program) {
      try {
        const { urn: stack } = await deployment.register(
          registration({ type: "pulumi:pulumi:Stack", name: "shop-dev", custom: false }),
        );
        await program(speaker(deployment, stack));
      } catch (error) {
        // What a test expects inside its program fails the test, not only the program.
        if ((error as Error).name === "AssertionError") throw error;
        success = false;
        errors.add((error as Error).message);
      }
    }
    await deployment.finish(success);
    for (const { severity, message } of deployment.diagnostics) if (severity === "error") errors.add(message);
    const told = deployment.steps
      .filter((step) => step.op !== "same" && !step.type.startsWith("pulumi:"))
      .map((step) => `${step.op} ${step.name}`);
    return { deployment, steps: deployment.steps, told, events, errors: [...errors] };
  }
}

export function registration(wish: Wish & { type: string; name: string }): ResourceRegistration {
  return {
    custom: true,
    remote: false,
    parent: "",
    inputs: {},
    dependencies: Object.values(wish.propertyDependencies ?? {}).flat(),
    propertyDependencies: {},
    provider: "",
    providers: {},
    version: "",
    protect: undefined,
    retainOnDelete: undefined,
    deleteBeforeReplace: undefined,
    deletedWith: "",
    aliases: [],
    ignoreChanges: [],
    replaceOnChanges: [],
    additionalSecretOutputs: [],
    ...wish,
  };
}

function speaker(deployment: Deployment, stack: string): Speaker {
  return {
    deployment,
    stack,
    box: (name, inputs = {}, wish = {}) => deployment.register(registration({ type: BOX, name, inputs, ...wish })),
    group: (name, inputs = {}, wish = {}) =>
      deployment.register(registration({ type: GROUP, name, inputs, custom: false, ...wish })),
    provider: async (name, inputs = {}, wish = {}) => {
      const result = await deployment.register(registration({ type: "pulumi:providers:toy", name, inputs, ...wish }));
      return { ...result, reference: `${result.urn}::${String(result.id)}` };
    },
    read: (name, id, wish = {}) =>
      deployment.read({
        type: BOX,
        name,
        id,
        parent: "",
        inputs: {},
        dependencies: [],
        provider: "",
        version: "",
        additionalSecretOutputs: [],
        ...wish,
      }),
  };
}

/** A host that is deleted before it is replaced, and a guest that is on it, or was. */
export function onHost(hosted: boolean, fixed: number): ToyProgram {
  return async (say) => {
    const host = await say.box("host", { fixed }, { deleteBeforeReplace: true });
    const wish = { deletedWith: host.urn, propertyDependencies: { host: [host.urn] } };
    await (hosted ? say.box("guest", { host: host.id }, wish) : say.box("guest"));
  };
}
