export type { Json, JsonMap, PlannedResource } from "./types.ts";
export { listenerRuleProblems, type ListenerRuleProblem, RULES_PER_LOAD_BALANCER } from "./listener-rules.ts";
