export { coordinate, isSkip, keyOf, type Outcome, type References, type StackId } from "./coordinate.ts";
export { outputsOf, planStacks, type PlanRequest, type StackPlan, type StackProgram } from "./plan.ts";
export { joinPasses, type Finding, type PlannedStep } from "./passes.ts";
export { plannedResources, type PlannedState } from "./resources.ts";
