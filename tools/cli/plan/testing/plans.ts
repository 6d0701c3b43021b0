import { memoryState, type PropertyMap, type ResourceState, type Step, type StackState } from "@fairway/engine";
import type { PlannedStep, StackPlan } from "@fairway/planner";

/** A resource of a made-up stack: its type, its name, and what a test cares about. */
export interface Made extends Partial<
  Pick<ResourceState, "custom" | "parent" | "outputs" | "propertyDependencies" | "dependencies" | "protect" | "aliases">
> {
  type: string;
  name: string;
  inputs?: PropertyMap;
  /** What the plan does with it. @default same */
  step?: Partial<PlannedStep>;
}

/** `urn:pulumi:production::shop::TYPE::NAME` */
export const urnOf = ({ type, name }: Pick<Made, "type" | "name">, project = "shop", stack = "production") =>
  `urn:pulumi:${stack}::${project}::${type}::${name}`;

/** The plan of a made-up stack; a resource that its step deletes is not in its state. */
export function planOf(made: readonly Made[], { project = "shop", stack = "production" } = {}): StackPlan {
  return {
    project,
    stack,
    ok: true,
    steps: made.map((each) => stepOf(each, urnOf(each, project, stack))),
    findings: [],
    diagnostics: [],
    state: stateOf(
      made.filter(({ step }) => step?.op !== "delete"),
      { project, stack },
    ),
  };
}

export function stateOf(made: readonly Made[], { project = "shop", stack = "production" } = {}): StackState {
  return memoryState({ resources: made.map((each) => resourceState(each, urnOf(each, project, stack))), outputs: {}, salt: "" });
}

function stepOf({ type, name, inputs = {}, step }: Made, urn: string): PlannedStep {
  const plain: Step = {
    op: "same",
    urn,
    type,
    name,
    oldInputs: inputs,
    newInputs: inputs,
    replaceKeys: [],
    detailedDiff: {},
    why: "",
    known: "modelled",
    provider: false,
  };
  return { ...plain, ...step };
}

function resourceState({ step: _, ...made }: Made, urn: string): ResourceState {
  return {
    urn,
    custom: true,
    id: made.custom === false ? "" : `id-${made.name}`,
    inputs: {},
    outputs: made.inputs ?? {},
    parent: "",
    dependencies: [],
    propertyDependencies: {},
    provider: "",
    protect: false,
    retainOnDelete: false,
    deletedWith: "",
    external: false,
    delete: false,
    pendingReplacement: false,
    aliases: [],
    additionalSecretOutputs: [],
    generation: 0,
    ...made,
  };
}
