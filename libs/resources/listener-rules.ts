import type { PlannedResource } from "./types.ts";

/** Rules of a load balancer beside its listeners' default ones: an adjustable quota (Elastic Load Balancing quotas, 2026-09). */
export const RULES_PER_LOAD_BALANCER = 100;

/** A listener rule that AWS would refuse because of the others. */
export interface ListenerRuleProblem {
  resource: PlannedResource;
  message: string;
}

/**
 * What no program can see of its own listener rule: that another program's has the same priority, or that the load balancer has as many
 * rules as it takes. AWS refuses either in the middle of an update.
 *
 * @param resources all of one environment, of every program that is planned; rules of listeners that are not known yet are left out
 * @param limit where AWS has raised the account's quota
 */
export function listenerRuleProblems(
  resources: readonly PlannedResource[],
  limit = RULES_PER_LOAD_BALANCER,
): ListenerRuleProblem[] {
  const rules = resources.filter(isListenerRule).sort((one, other) => (one.urn < other.urn ? -1 : 1));
  return [...sharedPriorities(rules), ...tooManyRules(rules, limit)];
}

function sharedPriorities(rules: PlannedResource[]): ListenerRuleProblem[] {
  const numbered = rules.filter(({ inputs }) => typeof inputs.priority === "number");
  const byPlace = Map.groupBy(numbered, (rule) => `${listenerOf(rule)} ${String(rule.inputs.priority)}`);
  return [...byPlace.values()].flatMap(([first, ...others]) =>
    others.map((resource) => ({
      resource,
      message:
        `has priority ${String(resource.inputs.priority)}, as ${place(first!)} has on the same listener. ` +
        "Set another `priority` (100 to 50000) in the infra/index.ts of the newer service.",
    })),
  );
}

function tooManyRules(rules: PlannedResource[], limit: number): ListenerRuleProblem[] {
  const byBalancer = Map.groupBy(rules, (rule) => loadBalancerOf(listenerOf(rule)));
  return [...byBalancer].flatMap(([balancer, all]) =>
    all.slice(limit).map((resource, index) => ({
      resource,
      message:
        `is rule ${limit + index + 1} of load balancer ${nameOf(balancer)}, which takes ${limit}. Join services' paths or hosts into fewer ` +
        'rules, or have AWS raise the quota "Rules per Application Load Balancer" of the account first.',
    })),
  );
}

/** Not those that are only read, and none whose listener is known only after the update. */
function isListenerRule({ type, external, inputs }: PlannedResource): boolean {
  return /^aws:(lb|alb)\/listenerRule:ListenerRule$/.test(type) && !external && typeof inputs.listenerArn === "string";
}

function listenerOf({ inputs }: PlannedResource): string {
  return String(inputs.listenerArn);
}

/** The ARN of a listener is `…:listener/app/NAME/LOAD-BALANCER/LISTENER`: all but its end is the load balancer's. */
function loadBalancerOf(listenerArn: string): string {
  return listenerArn.slice(0, listenerArn.lastIndexOf("/"));
}

function nameOf(balancer: string): string {
  return balancer.split("/").at(-2) ?? balancer;
}

function place({ project, name }: PlannedResource): string {
  return `"${name}" of ${project}`;
}
